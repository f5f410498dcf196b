import { Button, Drawer, Group } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorState } from "#web/ui/ErrorState";
import { formatTime } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { Stars } from "#web/ui/RatingStars";
import { RowsSkeleton } from "#web/ui/Skeletons";
import { Timeline } from "#web/ui/Timeline";
import { DisputeBox } from "../care/DisputeBox";
import { ProposalNotice } from "../care/ProposalNotice";
import { ReviewCare } from "../care/ReviewCare";
import { useCareWords } from "../care/words";
import { ReviewDialog } from "../guest/ReviewDialog";
import { Allergens } from "../parts/Allergens";
import { Bill } from "../parts/Bill";
import { BookingStatusChip } from "../parts/BookingStatusChip";
import { useBooking } from "../parts/queries";
import type { Booking, Change } from "../parts/types";
import classes from "./BookingDrawer.module.css";
import { CancelDialog } from "./CancelDialog";
import { AbsentDialog } from "./requests/AbsentDialog";
import { Closing } from "./requests/BookingLine";
import { DeclineDialog } from "./requests/DeclineDialog";
import { Mishaps } from "./requests/Mishaps";
import { useMoves } from "./requests/useMoves";
import { When } from "./When";

const RescheduleDialog = lazy(() =>
  import("../care/RescheduleDialog").then((part) => ({ default: part.RescheduleDialog })),
);
const DisputeDialog = lazy(() =>
  import("../care/DisputeDialog").then((part) => ({ default: part.DisputeDialog })),
);

const SOON_MS = 15_000;

function Facts({ booking }: { booking: Booking }) {
  const { t, i18n } = useTranslation(["coocook/desk", "coocook"]);
  const { t: care } = useCareWords();
  const titleOf = ({ what, from_status, to_status }: Change) => {
    if (what !== "status") return care(`what.${what}`);
    return from_status === "disputed" && to_status === "completed"
      ? care("what.resolved")
      : t(`coocook:timeline.to.${to_status}`);
  };
  const fromTo = ({ was_at, starts_at }: Change) =>
    was_at && starts_at
      ? care("what.change", {
          before: formatTime(was_at, { zone: booking.zone }),
          after: formatTime(starts_at, { zone: booking.zone }),
        })
      : "";
  // The system's reasons are codes, some of them with words; a person's are words already.
  const why = (reason: string) => {
    if (i18n.exists(`timeline.reason.${reason}`, { ns: "coocook" }))
      return t(`coocook:timeline.reason.${reason}`);
    return reason === "" || /^[a-z_]+$/.test(reason) ? "" : `“${reason}”`;
  };
  return (
    <div className={classes.sections}>
      <section>
        <h3>{t("drawer.table")}</h3>
        {booking.note ? <blockquote className={classes.note}>{booking.note}</blockquote> : null}
        {booking.allergens.length > 0 ? (
          <div className={classes.pair}>
            <span className={classes.small}>{t("request.allergens")}</span>
            <Allergens codes={booking.allergens} label={t("request.allergens")} />
          </div>
        ) : (
          <p className={classes.small}>{t("coocook:booking.noAllergens")}</p>
        )}
        {booking.acknowledgement ? (
          <p className={classes.small}>
            {t("request.acknowledged", { dishes: booking.acknowledgement.dishes.join(", ") })}
          </p>
        ) : null}
      </section>
      <section>
        <h3>{t("drawer.bill")}</h3>
        <Bill lines={booking.lines} total={booking.price} />
      </section>
      {booking.reviews.length > 0 ? (
        <section>
          <h3>{t("coocook:booking.reviews")}</h3>
          {booking.reviews.map((review) => (
            <article key={review.id}>
              <b>{review.by === "chef" ? t("coocook:review.mine") : review.author_name}</b>{" "}
              <Stars value={review.rating} size={16} />
              {review.published_at ? null : (
                <span className={classes.small}> {t("coocook:review.waiting")}</span>
              )}
              <p className={classes.review}>{review.text}</p>
              <ReviewCare review={review} role={booking.role} />
            </article>
          ))}
        </section>
      ) : null}
      <section>
        <h3>{t("coocook:booking.timeline")}</h3>
        <Timeline
          zone={booking.zone}
          entries={[...booking.timeline].reverse().map((change, index) => ({
            id: `${change.at}-${index}`,
            at: change.at,
            title: titleOf(change),
            text: [t(`by.${change.by}`), fromTo(change), why(change.reason)].filter(Boolean).join(" · "),
          }))}
        />
      </section>
    </div>
  );
}

interface BookingDrawerProps {
  bookingId: string | undefined;
  dialog: string | undefined;
  onClose: () => void;
  onDialog: (dialog: "review" | undefined) => void;
}

/** One booking beside the desk: everything about it, and what can be done. */
export function BookingDrawer({ bookingId, dialog, onClose, onDialog }: BookingDrawerProps) {
  const { t } = useTranslation(["coocook/desk", "coocook"]);
  const { t: care } = useCareWords();
  const booking = useBooking(bookingId, { every: () => SOON_MS });
  const moves = useMoves();
  const [asking, setAsking] = useState<"decline" | "cancel" | "move" | "dispute" | "absent" | null>(null);
  const { data } = booking;
  const moving = data ? moves.moving(data.id) : undefined;
  const can = (action: string) => !!data && (data.actions as string[]).includes(action);
  const reviewing = dialog === "review" && can("review");

  return (
    <>
      <Drawer
        opened={!!bookingId && !reviewing}
        onClose={onClose}
        position="right"
        size="md"
        title={data ? t("request.title", { name: data.guest.name, menu: data.menu.name }) : t("drawer.title")}
        closeButtonProps={{ "aria-label": t("shell:close"), size: 44 }}
        styles={{ title: { fontWeight: 700, fontSize: "1.125rem" } }}
      >
        {booking.isPending ? <RowsSkeleton count={4} /> : null}
        {booking.isError && !data ? (
          <ErrorState error={booking.error} onRetry={booking.refetch} order={3} />
        ) : null}
        {data ? (
          <div className={classes.body}>
            <Mishaps moves={moves} />
            <ProposalNotice key={data.id} booking={data} />
            <div className={classes.head}>
              <BookingStatusChip status={data.status} />
              <div className={classes.when}>
                <When booking={data} />
              </div>
              <div className={classes.small}>
                {t("coocook:guests", { count: data.party })} · {data.menu.name}
              </div>
            </div>
            <Group gap="xs" className={classes.actions}>
              {can("accept") ? (
                <Button
                  loading={moving === "accept"}
                  disabled={!!moving}
                  onClick={() => moves.start(data, "accept")}
                >
                  {t("action.accept")}
                </Button>
              ) : null}
              {can("decline") ? (
                <Button
                  variant="default"
                  loading={moving === "decline"}
                  disabled={!!moving}
                  onClick={() => setAsking("decline")}
                >
                  {t("action.decline")}
                </Button>
              ) : null}
              <Closing
                booking={data}
                moving={moving}
                onComplete={() => moves.start(data, "complete")}
                onNoShow={() => setAsking("absent")}
              />
              {can("review") ? (
                <Button
                  variant="light"
                  leftSection={<Icon name="star" size={18} />}
                  onClick={() => onDialog("review")}
                >
                  {t("action.review")}
                </Button>
              ) : null}
              {can("reschedule") ? (
                <Button
                  variant="default"
                  leftSection={<Icon name="clock" size={18} />}
                  onClick={() => setAsking("move")}
                >
                  {care("move.action")}
                </Button>
              ) : null}
            </Group>
            <DisputeBox booking={data} onAnswer={() => setAsking("dispute")} />
            <Facts booking={data} />
            {can("dispute") ? (
              <Button variant="subtle" color="gray" onClick={() => setAsking("dispute")}>
                {care("dispute.action")}
              </Button>
            ) : null}
            {can("cancel") ? (
              <Button variant="subtle" color="red" onClick={() => setAsking("cancel")}>
                {t("action.cancel")}
              </Button>
            ) : null}
          </div>
        ) : null}
      </Drawer>
      {data && asking === "decline" ? (
        <DeclineDialog
          booking={data}
          onClose={() => setAsking(null)}
          onDecline={(reason) => {
            moves.start(data, "decline", reason);
            setAsking(null);
          }}
        />
      ) : null}
      <AbsentDialog
        booking={data && asking === "absent" ? data : null}
        onClose={() => setAsking(null)}
        onConfirm={(booking) => moves.start(booking, "no_show")}
      />
      {data && asking === "cancel" ? <CancelDialog booking={data} onClose={() => setAsking(null)} /> : null}
      <Suspense>
        {data && asking === "move" ? (
          <RescheduleDialog booking={data} opened onClose={() => setAsking(null)} />
        ) : null}
        {data && asking === "dispute" ? (
          <DisputeDialog booking={data} opened onClose={() => setAsking(null)} />
        ) : null}
      </Suspense>
      {data ? (
        <ReviewDialog
          booking={data}
          opened={reviewing}
          onClose={() => {
            onDialog(undefined);
            onClose();
          }}
        />
      ) : null}
    </>
  );
}
