import { Button } from "@mantine/core";
import { formatTime } from "#web/ui/format";
import { SumLines } from "#web/ui/SumLines";
import { ZonedTime } from "#web/ui/ZonedTime";
import { Notice } from "../parts/Notice";
import type { Booking } from "../parts/types";
import type { Dispute } from "./actions";
import classes from "./Care.module.css";
import { useCareWords } from "./words";

/** The last line of a split is what the chef gets; those before add up to it. */
export function Split({ split }: { split: NonNullable<Dispute["split"]> }) {
  const payout = split.lines.find((line) => line.code === "payout");
  return (
    <SumLines
      lines={split.lines
        .filter((line) => line.code !== "payout" && (line.code !== "fee" || line.amount.amount !== 0))
        .map((line) => ({ label: line.label, value: line.amount }))}
      total={{ label: payout?.label ?? "", value: split.payout }}
    />
  );
}

/** What both sides say, in the order in which it was said. */
export function Stories({ booking, dispute }: { booking: Booking; dispute: Dispute }) {
  const { t } = useCareWords();
  const other = dispute.by === "guest" ? "chef" : "guest";
  const title = (side: "guest" | "chef") =>
    booking.role === side ? t("dispute.mine") : t(`dispute.by.${side}`);
  return (
    <div className={classes.stories}>
      <article className={classes.story}>
        <h3>{title(dispute.by)}</h3>
        <p>{dispute.reason}</p>
        <div className={classes.small}>
          <ZonedTime at={dispute.opened_at} zone={booking.zone} />
        </div>
      </article>
      <article className={classes.story}>
        <h3>{title(other)}</h3>
        {dispute.answer ? (
          <>
            <p>{dispute.answer}</p>
            <div className={classes.small}>
              {dispute.answered_at ? <ZonedTime at={dispute.answered_at} zone={booking.zone} /> : null}
            </div>
          </>
        ) : (
          <p className={classes.small}>{t("dispute.noAnswer")}</p>
        )}
      </article>
    </div>
  );
}

/** A dispute as either side of the table sees it: both stories, that it waits, or how it was decided. */
export function DisputeBox({ booking, onAnswer }: { booking: Booking; onAnswer: () => void }) {
  const { t } = useCareWords();
  const { dispute } = booking;
  if (!dispute) return null;
  const toAnswer =
    booking.status === "disputed" &&
    !dispute.answer &&
    dispute.by !== booking.role &&
    booking.role !== "admin";
  return (
    <section aria-labelledby="dispute" className={classes.stories}>
      <h2 id="dispute">{t("dispute.box")}</h2>
      <Stories booking={booking} dispute={dispute} />
      {toAnswer ? (
        <Button style={{ justifySelf: "start" }} onClick={onAnswer}>
          {t("dispute.answerTitle")}
        </Button>
      ) : null}
      {dispute.decided_at ? (
        <article className={classes.story}>
          <h3>{t("dispute.decided")}</h3>
          <p>{dispute.decision}</p>
          <div className={classes.small}>
            {t("dispute.decidedAt", { time: formatTime(dispute.decided_at, { zone: booking.zone }) })}
          </div>
          {dispute.split ? <Split split={dispute.split} /> : null}
        </article>
      ) : (
        <Notice tone="calm" icon="lock">
          {t("dispute.waiting")}
        </Notice>
      )}
    </section>
  );
}
