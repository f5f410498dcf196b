import { describe, expect, it } from "vitest";
import type { BookingCard } from "../../parts/types";
import { byLocalDay, shortHours, weekOf } from "./days";

describe("the chef's calendar", () => {
  it("has weeks that begin where the reader's do", () => {
    expect([weekOf("2026-11-24", 0)[0], weekOf("2026-11-24", 0)[6]]).toEqual(["2026-11-22", "2026-11-28"]);
    expect([weekOf("2026-11-24", 1)[0], weekOf("2026-11-22", 1)[0]]).toEqual(["2026-11-23", "2026-11-16"]);
  });

  it("keeps bookings on the chef's day, in order", () => {
    const at = (local_start: string) => ({ id: local_start, local_start }) as BookingCard;
    const days = byLocalDay([
      at("2026-11-24T18:00+09:00"),
      at("2026-11-25T00:30+09:00"),
      at("2026-11-24T11:00+09:00"),
    ]);
    expect([...days.keys()]).toEqual(["2026-11-24", "2026-11-25"]);
    expect(days.get("2026-11-24")?.map((each) => each.id.slice(11, 13))).toEqual(["11", "18"]);
  });

  it("says hours in little room", () => {
    expect(shortHours([])).toBe("");
    expect(
      shortHours([
        { from: "09:30", to: "14:00" },
        { from: "17:00", to: "24:00" },
      ]),
    ).toBe("09:30–14, 17–24");
  });
});
