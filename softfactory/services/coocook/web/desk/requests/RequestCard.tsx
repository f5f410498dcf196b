import { Button, Group, Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { formatRelative, formatTime } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { Money } from "#web/ui/Money";
import { Allergens } from "../../parts/Allergens";
import { useBooking } from "../../parts/queries";
import type { BookingCard } from "../../parts/types";
import { DateTile } from "../DateTile";
import { When } from "../When";
import classes from "./Requests.module.css";
import type { Moves } from "./useMoves";

const HURRY_MS = 4 * 3_600_000;

/** What a chef needs to know before saying yes: who cannot eat what, and what the guest wrote. */
function BeforeYes({ bookingId }: { bookingId: string }) {
  const { t } = useTranslation("coocook/desk");
  const booking = useBooking(bookingId);
  if (booking.isPending) return <Skeleton height={44} />;
  if (!booking.data) return null;
  const { note, allergens, acknowledgement } = booking.data;
  return (
    <div className={classes.wishes}>
      {note ? <blockquote className={classes.note}>{note}</blockquote> : null}
      {allergens.length > 0 ? (
        <div className={classes.allergens}>
          <span className={classes.small}>{t("request.allergens")}</span>
          <Allergens
            codes={allergens}
            marked={() => acknowledgement !== null}
            label={t("request.allergens")}
          />
        </div>
      ) : null}
      {acknowledgement ? (
        <p className={classes.small}>
          <Icon name="info" size={16} />{" "}
          {t("request.acknowledged", { dishes: acknowledgement.dishes.join(", ") })}
        </p>
      ) : null}
    </div>
  );
}

interface RequestCardProps {
  booking: BookingCard;
  moves: Moves;
  onDecline: () => void;
  onOpen: () => void;
}

/** A request that waits for the chef's word. */
export function RequestCard({ booking, moves, onDecline, onOpen }: RequestCardProps) {
  const { t } = useTranslation("coocook/desk");
  const { expires_at: until } = booking;
  const moving = moves.moving(booking.id);
  const hurry = until !== null && Date.parse(until) - Date.now() < HURRY_MS;
  const can = (action: "accept" | "decline") => booking.actions.includes(action);
  return (
    <article className={classes.request} aria-labelledby={`request-${booking.id}`} aria-busy={!!moving}>
      <DateTile at={booking.local_start} />
      <div className={classes.words}>
        {until ? (
          <p className={classes.until} data-hurry={hurry || undefined}>
            <Icon name="clock" size={16} />
            {t("request.until", {
              left: formatRelative(until),
              time: formatTime(until, { style: "time", zone: booking.zone }),
            })}
          </p>
        ) : null}
        <h3 id={`request-${booking.id}`} className={classes.title}>
          {t("request.title", { name: booking.guest.name, menu: booking.menu.name })}
        </h3>
        <p className={classes.facts}>
          <When booking={booking} style="time" /> · {t("coocook:guests", { count: booking.party })} ·{" "}
          <b>
            <Money value={booking.price} />
          </b>
        </p>
        <BeforeYes bookingId={booking.id} />
        <Group gap="xs" className={classes.actions} role="group" aria-label={t("request.answer")}>
          {can("accept") ? (
            <Button
              loading={moving === "accept"}
              disabled={!!moving}
              leftSection={<Icon name="check" size={18} />}
              onClick={() => moves.start(booking, "accept")}
            >
              {t("action.accept")}
            </Button>
          ) : null}
          {can("decline") ? (
            <Button variant="default" loading={moving === "decline"} disabled={!!moving} onClick={onDecline}>
              {t("action.decline")}
            </Button>
          ) : null}
          <Button variant="subtle" color="gray" className={classes.details} onClick={onOpen}>
            {t("action.details")}
          </Button>
        </Group>
        <p className={classes.hidden} role="status">
          {moving ? t(`moving.${moving}`) : ""}
        </p>
      </div>
    </article>
  );
}
