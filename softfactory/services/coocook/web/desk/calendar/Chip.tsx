import { useTranslation } from "react-i18next";
import { formatTime } from "#web/ui/format";
import type { BookingCard } from "../../parts/types";
import classes from "./Calendar.module.css";

interface ChipProps {
  booking: BookingCard;
  onOpen: () => void;
  /** With what is cooked, where there is room. */
  full?: boolean;
}

/** A booking in the calendar; its state is said, and shown by the edge. */
export function Chip({ booking, onOpen, full = false }: ChipProps) {
  const { t } = useTranslation("coocook/desk");
  const time = formatTime(booking.starts_at, { style: "time", zone: booking.zone });
  const status = t(`coocook:status.${booking.status}`);
  return (
    <button
      type="button"
      className={classes.chip}
      data-status={booking.status}
      data-full={full || undefined}
      onClick={onOpen}
    >
      <span className={classes.chipTime}>{time}</span>{" "}
      <span className={classes.chipName}>
        {booking.guest.name}
        {full ? ` · ${booking.menu.name} · ${t("coocook:guests", { count: booking.party })}` : ""}
      </span>
      <span className={full ? classes.chipStatus : classes.hidden}>{status}</span>
    </button>
  );
}
