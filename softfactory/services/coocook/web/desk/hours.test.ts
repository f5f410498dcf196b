import { describe, expect, it } from "vitest";
import {
  copyDay,
  draftOf,
  hoursOn,
  isSound,
  nextRange,
  openMinutes,
  rangeProblems,
  sameHours,
  spansOf,
  wishOf,
  withException,
} from "./hours";
import type { AvailabilityWish } from "./types";

const wish: AvailabilityWish = {
  zone: "Asia/Seoul",
  weekly: [
    { weekday: 6, from: "17:00", to: "22:00" },
    { weekday: 1, from: "17:00", to: "24:00" },
    { weekday: 1, from: "10:00", to: "14:00" },
  ],
  exceptions: [{ date: "2026-12-25", hours: [], note: "성탄절" }],
  turnaround_minutes: 60,
  notice_hours: 24,
  horizon_days: 90,
  slot_step_minutes: 60,
};
const evening = { from: "17:00", to: "22:00" };

describe("a draft of hours", () => {
  it("keeps everything, in order, and is the same again after being sent", () => {
    const draft = draftOf(wish);
    expect(draft.weekly[0]).toEqual([
      { from: "10:00", to: "14:00" },
      { from: "17:00", to: "24:00" },
    ]);
    expect(draft.weekly[5]).toEqual([evening]);
    expect(wishOf(draft).weekly.map((each) => each.weekday)).toEqual([1, 1, 6]);
    expect(sameHours(draft, draftOf(wishOf(draft)))).toBe(true);
  });

  it("is another one when a minute changes, and the same when only the order does", () => {
    const draft = draftOf(wish);
    expect(sameHours(draft, { ...draft, weekly: draft.weekly.map((day) => [...day].reverse()) })).toBe(true);
    expect(sameHours(draft, { ...draft, turnaround_minutes: 90 })).toBe(false);
    expect(sameHours(draft, { ...draft, weekly: copyDay(draft.weekly, 5, [6]) })).toBe(false);
  });
});

describe("ranges of a day", () => {
  it("run forward; midnight is 24:00", () => {
    expect(rangeProblems([{ from: "22:00", to: "18:00" }])).toEqual(["backwards"]);
    expect(rangeProblems([{ from: "18:00", to: "18:00" }])).toEqual(["backwards"]);
    expect(rangeProblems([{ from: "18:00", to: "24:00" }])).toEqual([undefined]);
  });

  it("may touch but not overlap; the later one in the list is told", () => {
    const noon = { from: "10:00", to: "14:00" };
    expect(rangeProblems([noon, { from: "14:00", to: "16:00" }])).toEqual([undefined, undefined]);
    expect(rangeProblems([noon, { from: "13:30", to: "16:00" }])).toEqual([undefined, "overlap"]);
    expect(rangeProblems([noon, { from: "11:00", to: "12:00" }])).toEqual([undefined, "overlap"]);
    expect(rangeProblems([{ from: "16:00", to: "12:00" }, noon])).toEqual(["backwards", undefined]);
  });

  it("are unsound as a whole when one is, in the week or on a date", () => {
    const draft = draftOf(wish);
    expect(isSound(draft)).toBe(true);
    const bad = { from: "20:00", to: "19:00" };
    expect(isSound({ ...draft, weekly: [[bad], ...draft.weekly.slice(1)] })).toBe(false);
    expect(isSound({ ...draft, exceptions: [{ date: "2026-12-24", hours: [bad], note: "" }] })).toBe(false);
  });

  it("are added where there is room", () => {
    expect(nextRange([])).toEqual(evening);
    expect(nextRange([{ from: "10:00", to: "14:00" }])).toEqual({ from: "15:00", to: "18:00" });
    expect(nextRange([evening])).toEqual({ from: "23:00", to: "24:00" });
    expect(nextRange([{ from: "17:00", to: "24:00" }])).toEqual({ from: "13:00", to: "16:00" });
    expect(nextRange([{ from: "00:00", to: "24:00" }])).toBeNull();
    expect(nextRange(Array(6).fill({ from: "01:00", to: "02:00" }))).toBeNull();
  });

  it("are copied to other days without being shared", () => {
    const weekly = draftOf(wish).weekly;
    const copied = copyDay(weekly, 5, [1, 2]);
    expect(copied[1]).toEqual([evening]);
    expect(copied[1]?.[0]).not.toBe(copied[5]?.[0]);
    expect(copied[0]).toEqual(weekly[0]);
    expect(copyDay(weekly, 3, [0])[0]).toEqual([]);
  });

  it("add up", () => {
    expect(openMinutes(draftOf(wish).weekly)).toBe((4 + 7 + 5) * 60);
  });
});

describe("exceptions", () => {
  it("cover a span and replace what was there", () => {
    const days = withException(wish.exceptions, { from: "2026-12-24", to: "2026-12-26" }, [evening], "연말");
    expect(days.map((day) => day.date)).toEqual(["2026-12-24", "2026-12-25", "2026-12-26"]);
    expect(days.every((day) => day.note === "연말" && day.hours.length === 1)).toBe(true);
  });

  it("are shown as spans of the same kind", () => {
    const away = withException([], { from: "2026-12-30", to: "2027-01-02" }, [], "휴가");
    const days = withException(away, { from: "2027-01-03", to: "2027-01-03" }, [evening], "휴가");
    expect(spansOf(days).map(({ from, to }) => [from, to])).toEqual([
      ["2026-12-30", "2027-01-02"],
      ["2027-01-03", "2027-01-03"],
    ]);
  });

  it("win over the week", () => {
    expect(hoursOn(wish, "2026-12-25")).toEqual({ hours: [], exception: wish.exceptions[0] });
    expect(hoursOn(wish, "2026-12-26").hours).toEqual([evening]);
    expect(hoursOn(wish, "2026-12-27").hours).toEqual([]);
    expect(hoursOn(wish, "2026-12-28").hours).toHaveLength(2);
  });
});
