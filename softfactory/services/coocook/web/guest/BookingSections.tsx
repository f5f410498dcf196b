import { formatMoney, formatTime } from "#web/ui/format";
import { Icon, type IconName } from "#web/ui/icons";
import { Stars } from "#web/ui/RatingStars";
import { Timeline } from "#web/ui/Timeline";
import { ZonedTime } from "#web/ui/ZonedTime";
import { DisputeBox } from "../care/DisputeBox";
import { ReviewCare } from "../care/ReviewCare";
import { useCareWords } from "../care/words";
import { Allergens } from "../parts/Allergens";
import { Bill } from "../parts/Bill";
import { Policy } from "../parts/Policy";
import type { Booking, BookingStatus, Change } from "../parts/types";
import { useBookingWords } from "../parts/words";
import classes from "./BookingPage.module.css";

const ICONS: Record<BookingStatus, IconName> = {
  held: "clock",
  paying: "card",
  requested: "mail",
  confirmed: "check",
  completed: "chefHat",
  cancelled: "close",
  declined: "close",
  expired: "clock",
  no_show: "alert",
  disputed: "flag",
};

/** Reasons of the system that say more than the step. */
const TOLD = [
  "paid",
  "accepted",
  "completed_by_time",
  "payment_failed",
  "not_paid_in_time",
  "not_answered",
  "refunded",
];
const SILENT = ["booked", "declined", "completed", "cancelled", "no_show"];

function Happened({ booking }: { booking: Booking }) {
  const { t } = useBookingWords();
  const { t: care } = useCareWords();
  const why = ({ reason, by }: Change) => {
    if (reason === "") return null;
    if (TOLD.includes(reason)) return t(`timeline.reason.${reason}`);
    // A code says no more than the step itself; anything else is a person's own words.
    return by === "system" || SILENT.includes(reason) ? null : `“${reason}”`;
  };
  const failed = (change: Change) => change.reason === "payment_failed";
  const fromTo = ({ was_at, starts_at }: Change) =>
    was_at && starts_at
      ? care("what.change", {
          before: formatTime(was_at, { zone: booking.zone }),
          after: formatTime(starts_at, { zone: booking.zone }),
        })
      : null;
  const titleOf = (change: Change) => {
    if (failed(change)) return t("timeline.failed");
    if (change.what !== "status") return care(`what.${change.what}`);
    const decided = change.from_status === "disputed" && change.to_status === "completed";
    return decided ? care("what.resolved") : t(`timeline.to.${change.to_status}`);
  };
  // "I" is whoever reads, on whichever side of the table.
  const by = ({ by: who }: Change) => {
    if (who === booking.role) return t("timeline.by.guest");
    const other = who === "guest" ? "other" : who;
    return t(`timeline.by.${other}`);
  };
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline">{t("booking.timeline")}</h2>
      <Timeline
        zone={booking.zone}
        entries={[...booking.timeline].reverse().map((change, index) => ({
          id: `${change.at}-${index}`,
          at: change.at,
          title: titleOf(change),
          text: [failed(change) ? null : by(change), fromTo(change), why(change)].filter(Boolean).join(" · "),
          icon: failed(change) ? "alert" : change.what === "status" ? ICONS[change.to_status] : "clock",
        }))}
      />
    </section>
  );
}

/** Not paid yet; whatever else was never paid (an evening of before the platform) has a price and nothing due. */
const DUE = new Set<Booking["status"]>(["held", "paying"]);
/** What a policy still decides, or has just decided. */
const UNDER_POLICY = new Set<Booking["status"]>([...DUE, "requested", "confirmed", "cancelled"]);

function Money({ booking }: { booking: Booking }) {
  const { t } = useBookingWords();
  const { refund } = booking;
  return (
    <section aria-labelledby="bill" className={classes.box}>
      <h2 id="bill">
        {t(booking.paid_at ? "booking.bill" : DUE.has(booking.status) ? "booking.unpaid" : "booking.price")}
      </h2>
      <Bill lines={booking.lines} total={booking.price} />
      {refund ? (
        <div className={classes.refund}>
          <Icon name={refund.state === "done" ? "check" : refund.state === "refused" ? "alert" : "refresh"} />
          <div>
            <b>
              {t("bookings.refund", {
                amount: formatMoney(refund.amount),
                state: t(`refund.${refund.state}`),
              })}
            </b>
            <div className={classes.small}>{t(`refund.${refund.state}Text`)}</div>
          </div>
        </div>
      ) : null}
    </section>
  );
}

function Table({ booking }: { booking: Booking }) {
  const { t } = useBookingWords();
  const { acknowledgement } = booking;
  return (
    <section aria-labelledby="table">
      <h2 id="table">{t("booking.table")}</h2>
      <dl className={classes.pairs}>
        <dt>{t("booking.allergens")}</dt>
        <dd>
          {booking.allergens.length > 0 ? <Allergens codes={booking.allergens} /> : t("booking.noAllergens")}
        </dd>
        {acknowledgement ? (
          <>
            <dt>{t("booking.acknowledged")}</dt>
            <dd>
              {acknowledgement.sentence}
              <div className={classes.small}>
                <ZonedTime at={acknowledgement.at} zone={booking.zone} />
              </div>
            </dd>
          </>
        ) : null}
        <dt>{t("booking.note")}</dt>
        <dd>{booking.note || t("booking.noNote")}</dd>
      </dl>
    </section>
  );
}

function BothReviews({ booking }: { booking: Booking }) {
  const { t } = useBookingWords();
  if (booking.reviews.length === 0) return null;
  return (
    <section aria-labelledby="both-reviews">
      <h2 id="both-reviews">{t("booking.reviews")}</h2>
      {booking.reviews.map((review) => (
        <article key={review.id} className={classes.review}>
          <b>{booking.role === review.by ? t("review.mine") : review.author_name}</b>{" "}
          <Stars value={review.rating} size={16} />
          <div className={classes.small}>
            {review.published_at ? <ZonedTime at={review.published_at} style="date" /> : t("review.waiting")}
          </div>
          <p>{review.text}</p>
          <ReviewCare review={review} role={booking.role} />
        </article>
      ))}
    </section>
  );
}

/** What there is to know of a booking, in two columns. */
export function BookingSections({ booking, onAnswer }: { booking: Booking; onAnswer: () => void }) {
  const { t } = useBookingWords();
  return (
    <div className={classes.columns}>
      <div className={classes.column}>
        <DisputeBox booking={booking} onAnswer={onAnswer} />
        <BothReviews booking={booking} />
        <Happened booking={booking} />
        <Table booking={booking} />
      </div>
      <div className={classes.column}>
        <Money booking={booking} />
        {UNDER_POLICY.has(booking.status) ? (
          <section aria-labelledby="policy" className={classes.box}>
            <h2 id="policy">{t("booking.policy")}</h2>
            <Policy
              policy={booking.policy}
              startsAt={booking.starts_at}
              zone={booking.zone}
              unanswered={booking.status === "requested"}
              whole={booking.status === "cancelled"}
            />
          </section>
        ) : null}
      </div>
    </div>
  );
}
