import type { BookingCard } from "../../parts/types";

export interface Piles {
  /** To be answered, the soonest deadline first. */
  requests: BookingCard[];
  /** The other side asked something: another time, or one's own side of a dispute. */
  asked: BookingCard[];
  /** Under way or over: to be completed, the longest ago first. */
  closing: BookingCard[];
  upcoming: BookingCard[];
  reviewing: BookingCard[];
}

const deadline = (booking: BookingCard) => Date.parse(booking.expires_at ?? booking.starts_at);

/** A desk's bookings by what the chef has to do. What can be done now is the server's word. */
export function piles(bookings: readonly BookingCard[]): Piles {
  const sorted: Piles = { requests: [], asked: [], closing: [], upcoming: [], reviewing: [] };
  for (const booking of bookings) {
    const { status, actions } = booking;
    if (status === "requested") sorted.requests.push(booking);
    else if (actions.includes("agree") || actions.includes("answer")) sorted.asked.push(booking);
    else if (actions.includes("review")) sorted.reviewing.push(booking);
    else if (actions.includes("complete") || actions.includes("no_show")) sorted.closing.push(booking);
    else if (status === "confirmed") sorted.upcoming.push(booking);
  }
  sorted.requests.sort((a, b) => deadline(a) - deadline(b));
  return sorted;
}
