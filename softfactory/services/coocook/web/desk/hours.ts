import { addDays, type Day, weekdayOf } from "../parts/calendar";
import type { AvailabilityWish, DayHours, ExceptionDay } from "./types";

/** Hours while they are being edited: a list of ranges for each weekday, Monday first. */
export interface Draft extends Omit<AvailabilityWish, "weekly"> {
  weekly: DayHours[][];
}

export type RangeProblem = "backwards" | "overlap";

export const RANGES_A_DAY = 6;
export const EXCEPTIONS = 400;
export const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const;
const DAY_END = 24 * 60;

export function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}

export function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

const inOrder = (ranges: readonly DayHours[]): DayHours[] =>
  [...ranges].sort((a, b) => a.from.localeCompare(b.from) || a.to.localeCompare(b.to));

export function draftOf(hours: AvailabilityWish): Draft {
  const { zone, turnaround_minutes, notice_hours, horizon_days, slot_step_minutes } = hours;
  return {
    zone,
    turnaround_minutes,
    notice_hours,
    horizon_days,
    slot_step_minutes,
    weekly: WEEKDAYS.map((day) =>
      inOrder(hours.weekly.filter((each) => each.weekday === day + 1).map(({ from, to }) => ({ from, to }))),
    ),
    exceptions: byDate(hours.exceptions),
  };
}

/** What is sent: the whole of the hours, in order, so that the same hours are always the same wish. */
export function wishOf(draft: Draft): AvailabilityWish {
  return {
    ...draft,
    weekly: draft.weekly.flatMap((ranges, day) =>
      inOrder(ranges).map(({ from, to }) => ({ weekday: day + 1, from, to })),
    ),
    exceptions: byDate(draft.exceptions).map((day) => ({ ...day, hours: inOrder(day.hours) })),
  };
}

export const sameHours = (a: Draft, b: Draft): boolean =>
  JSON.stringify(wishOf(a)) === JSON.stringify(wishOf(b));

/** What is wrong with each range of a day. Ranges may touch; a meal then runs across. */
export function rangeProblems(ranges: readonly DayHours[]): (RangeProblem | undefined)[] {
  return ranges.map((range, index) => {
    if (range.to <= range.from) return "backwards";
    const meets = ranges.some(
      (other, at) => at < index && other.to > other.from && range.from < other.to && other.from < range.to,
    );
    return meets ? "overlap" : undefined;
  });
}

export function isSound(draft: Draft): boolean {
  return [...draft.weekly, ...draft.exceptions.map((day) => day.hours)].every(
    (ranges) => ranges.length <= RANGES_A_DAY && rangeProblems(ranges).every((problem) => !problem),
  );
}

/** A range to add to a day: the evening first, then an hour after what is there, then the morning; null when full. */
export function nextRange(ranges: readonly DayHours[]): DayHours | null {
  if (ranges.length === 0) return { from: "17:00", to: "22:00" };
  if (ranges.length >= RANGES_A_DAY) return null;
  const last = Math.max(...ranges.map((range) => minutesOf(range.to)));
  const first = Math.min(...ranges.map((range) => minutesOf(range.from)));
  if (last + 90 <= DAY_END) {
    const from = last + 60;
    return { from: clockOf(from), to: clockOf(Math.min(from + 180, DAY_END)) };
  }
  if (first >= 90) {
    const to = first - 60;
    return { from: clockOf(Math.max(0, to - 180)), to: clockOf(to) };
  }
  return null;
}

export function copyDay(weekly: readonly DayHours[][], from: number, to: readonly number[]): DayHours[][] {
  const model = weekly[from] ?? [];
  return weekly.map((ranges, day) => (to.includes(day) ? model.map((range) => ({ ...range })) : ranges));
}

/** Minutes that are open in a week; ranges that touch count once each. */
export function openMinutes(weekly: readonly DayHours[][]): number {
  return weekly
    .flat()
    .reduce((sum, range) => sum + Math.max(0, minutesOf(range.to) - minutesOf(range.from)), 0);
}

const byDate = (days: readonly ExceptionDay[]): ExceptionDay[] =>
  [...days].sort((a, b) => a.date.localeCompare(b.date));

/** Give every day of a span its own hours; what those days had before is replaced. */
export function withException(
  days: readonly ExceptionDay[],
  span: { from: Day; to: Day },
  hours: readonly DayHours[],
  note: string,
): ExceptionDay[] {
  const added: ExceptionDay[] = [];
  for (let day = span.from; day <= span.to && added.length < EXCEPTIONS; day = addDays(day, 1)) {
    added.push({ date: day, hours: hours.map((range) => ({ ...range })), note });
  }
  const others = days.filter((day) => day.date < span.from || day.date > span.to);
  return byDate([...others, ...added]);
}

export interface ExceptionSpan {
  from: Day;
  to: Day;
  hours: DayHours[];
  note: string;
}

/** Exceptions as people think of them: a week away is one line, not seven. */
export function spansOf(days: readonly ExceptionDay[]): ExceptionSpan[] {
  const spans: ExceptionSpan[] = [];
  for (const day of byDate(days)) {
    const last = spans.at(-1);
    const goesOn =
      last &&
      addDays(last.to, 1) === day.date &&
      last.note === day.note &&
      JSON.stringify(last.hours) === JSON.stringify(day.hours);
    if (goesOn) last.to = day.date;
    else spans.push({ from: day.date, to: day.date, hours: day.hours, note: day.note });
  }
  return spans;
}

/** The hours of a calendar day, in order, and whether they are an exception's. */
export function hoursOn(
  hours: AvailabilityWish,
  day: Day,
): { hours: DayHours[]; exception: ExceptionDay | null } {
  const exception = hours.exceptions.find((each) => each.date === day) ?? null;
  const weekday = ((weekdayOf(day) + 6) % 7) + 1;
  const open = exception ? exception.hours : hours.weekly.filter((each) => each.weekday === weekday);
  return { hours: inOrder(open.map(({ from, to }) => ({ from, to }))), exception };
}
