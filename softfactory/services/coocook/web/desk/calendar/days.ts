import { addDays, type Day, weekdayOf } from "../../parts/calendar";
import type { BookingCard } from "../../parts/types";
import type { DayHours } from "../types";

/** The week of a day; `weekStart` 0 Sunday, 1 Monday. */
export function weekOf(day: Day, weekStart: number): Day[] {
  const first = addDays(day, -((weekdayOf(day) - weekStart + 7) % 7));
  return Array.from({ length: 7 }, (_, index) => addDays(first, index));
}

/** Bookings by the day of the chef's clock, each day in order. */
export function byLocalDay(bookings: readonly BookingCard[]): Map<Day, BookingCard[]> {
  const days = new Map<Day, BookingCard[]>();
  for (const booking of [...bookings].sort((a, b) => a.local_start.localeCompare(b.local_start))) {
    const day = booking.local_start.slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), booking]);
  }
  return days;
}

const short = (clock: string) => (clock.endsWith(":00") ? String(Number(clock.slice(0, 2))) : clock);

/** Hours in the least room: `11–14, 17–22`. */
export const shortHours = (hours: readonly DayHours[]): string =>
  hours.map(({ from, to }) => `${short(from)}–${short(to)}`).join(", ");
