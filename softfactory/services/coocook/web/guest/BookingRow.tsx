import { DOT, formatMoney, formatTime } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { ButtonLink, PlainLink } from "#web/ui/Link";
import { Money } from "#web/ui/Money";
import { ZonedTime } from "#web/ui/ZonedTime";
import { useCareWords } from "../care/words";
import { BookingStatusChip } from "../parts/BookingStatusChip";
import { Portrait } from "../parts/ChefPicture";
import type { BookingCard } from "../parts/types";
import { useBookingWords } from "../parts/words";
import classes from "./Bookings.module.css";

/** Where an unpaid booking goes on. */
export const toPayment = (booking: BookingCard) => ({
  to: `/chefs/${booking.chef.id}/book`,
  search: {
    menu: booking.menu.id,
    party: String(booking.party),
    at: booking.starts_at,
    booking: booking.id,
  } as never,
});

/** A booking in the list: who, when, what state, and the one thing to do next. */
export function BookingRow({ booking }: { booking: BookingCard }) {
  const { t } = useBookingWords();
  const { t: care } = useCareWords();
  const { refund, expires_at: until } = booking;
  const clock = (at: string) => formatTime(at, { zone: booking.zone });
  return (
    <article className={classes.row}>
      <Portrait picture={booking.chef.picture} size={64} />
      <div className={classes.words}>
        <div className={classes.state}>
          <BookingStatusChip status={booking.status} />
          {refund ? (
            <span className={classes.note}>
              {t("bookings.refund", {
                amount: formatMoney(refund.amount),
                state: t(`refund.${refund.state}`),
              })}
            </span>
          ) : null}
          {until && booking.status === "held" ? (
            <span className={classes.note}>
              {t("bookings.payBy", { time: formatTime(until, { style: "time" }) })}
            </span>
          ) : null}
          {until && booking.status === "requested" ? (
            <span className={classes.note}>{t("bookings.answerBy", { time: clock(until) })}</span>
          ) : null}
        </div>
        <h2 className={classes.title}>
          <PlainLink to={`/bookings/${booking.id}`} className={classes.link}>
            {booking.chef.name} · {booking.menu.name}
          </PlainLink>
        </h2>
        <div className={classes.facts}>
          <ZonedTime at={booking.starts_at} zone={booking.zone} />
          {DOT}
          {t("guests", { count: booking.party })}
          {DOT}
          <Money value={booking.price} />
        </div>
      </div>
      <div className={classes.actions}>
        {booking.actions.includes("pay") ? (
          <ButtonLink {...toPayment(booking)}>{t("action.pay")}</ButtonLink>
        ) : booking.actions.includes("agree") || booking.actions.includes("answer") ? (
          <ButtonLink to={`/bookings/${booking.id}`} variant="light">
            {care(booking.actions.includes("agree") ? "waits.move" : "waits.dispute")}
          </ButtonLink>
        ) : booking.actions.includes("review") ? (
          <ButtonLink to={`/bookings/${booking.id}`} search={{ open: "review" } as never} variant="light">
            {t("action.review")}
          </ButtonLink>
        ) : (
          <Icon name="chevronRight" className={classes.go} />
        )}
      </div>
    </article>
  );
}
