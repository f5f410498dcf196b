import type { Slot } from "./types";

export { dayIn } from "#web/ui/format";

/**
 * Days and months as plain strings (`2026-06-03`, `2026-06`): a calendar day is no instant, and a Date would drag the
 * reader's zone into it. Arithmetic runs in UTC, where every day has 24 hours.
 */
export type Day = string;
export type Month = string;

const DAY_MS = 86_400_000;
const utc = (day: Day): number => Date.parse(`${day}T00:00:00Z`);
const dayAt = (ms: number): Day => new Date(ms).toISOString().slice(0, 10);

export const addDays = (day: Day, count: number): Day => dayAt(utc(day) + count * DAY_MS);
export const monthOf = (day: Day): Month => day.slice(0, 7);

export function addMonths(month: Month, count: number): Month {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7);
}

export const firstDay = (month: Month): Day => `${month}-01`;
export const lastDay = (month: Month): Day => addDays(firstDay(addMonths(month, 1)), -1);
export const isDay = (text: string | undefined): text is Day =>
  !!text && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(utc(text)) && dayAt(utc(text)) === text;

/** The day at noon UTC, for formatting with `timeZone: "UTC"`. */
export const asDate = (day: Day): Date => new Date(utc(day) + DAY_MS / 2);

/** 0 Sunday to 6 Saturday. */
export const weekdayOf = (day: Day): number => new Date(utc(day)).getUTCDay();

/** A month as rows of seven days; days of the neighbouring months are null. */
export function weeksOf(month: Month, weekStart = 0): (Day | null)[][] {
  const first = firstDay(month);
  const before = (weekdayOf(first) - weekStart + 7) % 7;
  const count = Number(lastDay(month).slice(8));
  const cells: (Day | null)[] = [
    ...Array<null>(before).fill(null),
    ...Array.from({ length: count }, (_, index) => addDays(first, index)),
  ];
  while (cells.length % 7 > 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** Free times by the day of the chef's own clock, whatever the reader's is. */
export function byDay(slots: readonly Slot[]): Map<Day, Slot[]> {
  const days = new Map<Day, Slot[]>();
  for (const slot of slots) {
    const day = slot.local_start.slice(0, 10);
    const known = days.get(day);
    if (known) known.push(slot);
    else days.set(day, [slot]);
  }
  return days;
}

export type PartOfDay = "morning" | "afternoon" | "evening";

/** Free times of a day by its parts, on the chef's clock. */
export function byPart(slots: readonly Slot[]): { part: PartOfDay; slots: Slot[] }[] {
  const parts: Record<PartOfDay, Slot[]> = { morning: [], afternoon: [], evening: [] };
  for (const slot of slots) {
    const hour = Number(slot.local_start.slice(11, 13));
    parts[hour < 12 ? "morning" : hour < 17 ? "afternoon" : "evening"].push(slot);
  }
  return (["morning", "afternoon", "evening"] as const)
    .map((part) => ({ part, slots: parts[part] }))
    .filter((each) => each.slots.length > 0);
}
