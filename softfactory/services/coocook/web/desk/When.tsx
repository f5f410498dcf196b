import { ZonedTime } from "#web/ui/ZonedTime";
import type { BookingCard } from "../parts/types";

/** A booking's time on the chef's clock. */
export function When({ booking, style }: { booking: BookingCard; style?: "time" }) {
  return (
    <ZonedTime
      at={booking.starts_at}
      until={booking.ends_at}
      zone={booking.zone}
      style={style ?? "datetime"}
    />
  );
}
