import { addMonths, dayIn, type Month, monthOf } from "../parts/calendar";
import type { BookingCard } from "../parts/types";

export interface MonthSum {
  month: Month;
  /** Cooked, or nobody was there: the chef is paid. */
  earned: number;
  /** Confirmed, still to be cooked. */
  expected: number;
  evenings: number;
}

export const EARNING = ["confirmed", "completed", "no_show"] as const;

/**
 * What guests paid and did not get back, by the month of the evening on the chef's clock; `count` months up to the one of
 * `now`.
 */
export function monthSums(
  bookings: readonly BookingCard[],
  zone: string,
  now: Date,
  count: number,
): MonthSum[] {
  const current = monthOf(dayIn(zone, now));
  const sums = Array.from({ length: count }, (_, index) => ({
    month: addMonths(current, index + 1 - count),
    earned: 0,
    expected: 0,
    evenings: 0,
  }));
  for (const booking of bookings) {
    const sum = sums.find(({ month }) => month === monthOf(dayIn(zone, new Date(booking.starts_at))));
    if (!sum || !(EARNING as readonly string[]).includes(booking.status)) continue;
    const kept = booking.price.amount - (booking.refund?.amount.amount ?? 0);
    sum[booking.status === "confirmed" ? "expected" : "earned"] += kept;
    sum.evenings += 1;
  }
  return sums;
}
