import { describe, expect, it } from "vitest";
import { addDays, addMonths, byDay, byPart, dayIn, isDay, lastDay, weeksOf } from "./calendar";
import type { Slot } from "./types";

const slot = (starts_at: string, local_start: string, zone = "Asia/Seoul"): Slot => ({
  starts_at,
  ends_at: starts_at,
  local_start,
  zone,
});

describe("days and months", () => {
  it("cross months, leap days and years", () => {
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(addDays("2028-03-01", -1)).toBe("2028-02-29");
    expect(addMonths("2026-11", 2)).toBe("2027-01");
    expect(addMonths("2026-01", -1)).toBe("2025-12");
    expect(lastDay("2026-02")).toBe("2026-02-28");
  });

  it("know a day from something else", () => {
    expect(["2026-02-28", "2026-02-30", "2026-2-3", "", undefined].map(isDay)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it("lay a month out in weeks that begin where the reader's do", () => {
    const sunday = weeksOf("2026-11", 0);
    expect(sunday[0]?.[0]).toBe("2026-11-01");
    const monday = weeksOf("2026-11", 1);
    expect(monday[0]).toEqual([null, null, null, null, null, null, "2026-11-01"]);
    expect(monday.every((week) => week.length === 7)).toBe(true);
    expect(monday.flat().filter(Boolean)).toHaveLength(30);
  });

  it("the day depends on the zone", () => {
    const late = new Date("2026-11-27T16:30:00Z");
    expect(dayIn("Asia/Seoul", late)).toBe("2026-11-28");
    expect(dayIn("America/New_York", late)).toBe("2026-11-27");
  });
});

describe("free times", () => {
  it("stand on the chef's day, not on the reader's or on UTC's", () => {
    const days = byDay([
      slot("2026-11-27T14:00:00Z", "2026-11-27T23:00+09:00"),
      slot("2026-11-27T15:00:00Z", "2026-11-28T00:00+09:00"),
      slot("2026-11-28T02:00:00Z", "2026-11-28T11:00+09:00"),
    ]);
    expect([...days].map(([day, slots]) => [day, slots.length])).toEqual([
      ["2026-11-27", 1],
      ["2026-11-28", 2],
    ]);
  });

  it("keep both of an hour that comes twice when the clocks go back", () => {
    const days = byDay([
      slot("2026-10-25T00:30:00Z", "2026-10-25T02:30+02:00", "Europe/Paris"),
      slot("2026-10-25T01:30:00Z", "2026-10-25T02:30+01:00", "Europe/Paris"),
    ]);
    expect(days.get("2026-10-25")).toHaveLength(2);
  });

  it("fall into parts of the day by the chef's clock, empty parts left out", () => {
    const parts = byPart([
      slot("2026-11-28T02:00:00Z", "2026-11-28T11:00+09:00"),
      slot("2026-11-28T08:00:00Z", "2026-11-28T17:00+09:00"),
      slot("2026-11-28T10:00:00Z", "2026-11-28T19:00+09:00"),
    ]);
    expect(parts.map(({ part, slots }) => [part, slots.length])).toEqual([
      ["morning", 1],
      ["evening", 2],
    ]);
  });
});
