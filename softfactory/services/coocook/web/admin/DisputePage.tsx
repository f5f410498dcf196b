import { useParams } from "@tanstack/react-router";
import { ApiError } from "#web/api/problem";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { formatTime } from "#web/ui/format";
import { ButtonLink } from "#web/ui/Link";
import { Page, PageHeader } from "#web/ui/Page";
import { PageSkeleton } from "#web/ui/Skeletons";
import { Timeline } from "#web/ui/Timeline";
import { ZonedTime } from "#web/ui/ZonedTime";
import { Split, Stories } from "../care/DisputeBox";
import { useCareWords } from "../care/words";
import { Bill } from "../parts/Bill";
import { BookingStatusChip } from "../parts/BookingStatusChip";
import { useBooking } from "../parts/queries";
import type { Booking, Change } from "../parts/types";
import classes from "./Admin.module.css";
import { Divide } from "./Divide";

function Happened({ booking }: { booking: Booking }) {
  const { t, i18n } = useCareWords();
  const titleOf = ({ what, from_status, to_status }: Change) => {
    if (what !== "status") return t(`what.${what}`);
    return from_status === "disputed" && to_status === "completed"
      ? t("what.resolved")
      : t(`timeline.to.${to_status}`);
  };
  const why = (reason: string) => {
    if (i18n.exists(`timeline.reason.${reason}`, { ns: "coocook" })) return t(`timeline.reason.${reason}`);
    return reason === "" || /^[a-z_]+$/.test(reason) ? "" : `“${reason}”`;
  };
  const by = (who: Change["by"]) =>
    who === "system" ? t("timeline.by.system") : t(`admin.reviews.by.${who}`);
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline">{t("booking.timeline")}</h2>
      <Timeline
        zone={booking.zone}
        entries={[...booking.timeline].reverse().map((change, index) => ({
          id: `${change.at}-${index}`,
          at: change.at,
          title: titleOf(change),
          text: [by(change.by), why(change.reason)].filter(Boolean).join(" · "),
        }))}
      />
    </section>
  );
}

/** One dispute: both sides' words, what happened, and the price to be divided. */
export function DisputePage() {
  const { t } = useCareWords();
  const { bookingId = "" } = useParams({ strict: false }) as { bookingId?: string };
  const booking = useBooking(bookingId);
  if (booking.isPending) {
    return (
      <Page>
        <PageSkeleton />
      </Page>
    );
  }
  const back = { to: "/admin/disputes", label: t("admin.disputes.back") };
  if (!booking.data?.dispute) {
    const missing =
      booking.data || (booking.error instanceof ApiError && [404, 422].includes(booking.error.status));
    return (
      <Page>
        {missing ? (
          <EmptyState
            order={1}
            picture="lost"
            title={t("admin.disputes.missing")}
            text={t("admin.disputes.missingText")}
            action={<ButtonLink to="/admin/disputes">{back.label}</ButtonLink>}
          />
        ) : (
          <ErrorState order={1} error={booking.error} onRetry={booking.refetch} />
        )}
      </Page>
    );
  }
  const { data } = booking;
  const dispute = booking.data.dispute;
  const title = t("admin.disputes.pair", { guest: data.guest.name, chef: data.chef.name });
  return (
    <Page title={title}>
      <PageHeader title={title} back={back} />
      <div className={classes.columns}>
        <div className={classes.column}>
          <section aria-labelledby="stories">
            <h2 id="stories">{t("admin.disputes.stories")}</h2>
            <Stories booking={data} dispute={dispute} />
          </section>
          <Happened booking={data} />
        </div>
        <div className={classes.column}>
          <section className={classes.card} aria-labelledby="facts">
            <h2 id="facts">{t("admin.disputes.facts")}</h2>
            <div>
              <BookingStatusChip status={data.status} />
            </div>
            <p className={classes.small}>
              <ZonedTime at={data.starts_at} until={data.ends_at} zone={data.zone} />
              <br />
              {data.menu.name} · {t("guests", { count: data.party })}
            </p>
            <Bill lines={data.lines} total={data.price} />
          </section>
          {data.actions.includes("resolve") ? <Divide booking={data} /> : null}
          {dispute.decided_at ? (
            <section className={classes.card} aria-labelledby="decided">
              <h2 id="decided">{t("dispute.decided")}</h2>
              <p className={classes.text}>{dispute.decision}</p>
              <p className={classes.small}>
                {t("dispute.decidedAt", { time: formatTime(dispute.decided_at, { zone: data.zone }) })}
              </p>
              {dispute.split ? <Split split={dispute.split} /> : null}
            </section>
          ) : null}
        </div>
      </div>
    </Page>
  );
}
