import { describe, expect, it } from "vitest";
import type { BookingCard, BookingStatus } from "../parts/types";
import { monthSums } from "./earnings";
import { piles } from "./requests/piles";

const booking = (status: BookingStatus, starts_at: string, more: Partial<BookingCard> = {}) =>
  ({
    id: starts_at,
    status,
    starts_at,
    price: { amount: 100, currency: "KRW" },
    actions: [],
    ...more,
  }) as BookingCard;
const now = new Date("2026-06-15T00:00:00Z");

describe("a chef's months", () => {
  it("are those of the chef's clock", () => {
    const late = booking("completed", "2026-05-31T15:30:00Z");
    const [may, june] = monthSums([late], "Asia/Seoul", now, 2);
    expect([may?.month, may?.earned]).toEqual(["2026-05", 0]);
    expect([june?.month, june?.earned, june?.evenings]).toEqual(["2026-06", 100, 1]);
  });

  it("tell what is earned from what is expected, and leave out what was called off", () => {
    const all = (["completed", "no_show", "confirmed", "requested", "cancelled", "disputed"] as const).map(
      (status) => booking(status, "2026-06-10T09:00:00Z"),
    );
    expect(monthSums(all, "Asia/Seoul", now, 1)).toEqual([
      { month: "2026-06", earned: 200, expected: 100, evenings: 3 },
    ]);
  });

  it("count only what the guest did not get back", () => {
    const refund = { amount: { amount: 60, currency: "KRW" as const }, state: "done" as const };
    const divided = booking("completed", "2026-06-10T09:00:00Z", { refund });
    expect(monthSums([divided], "Asia/Seoul", now, 1)[0]?.earned).toBe(40);
  });

  it("reach back over the new year", () => {
    const months = monthSums([], "Asia/Seoul", new Date("2026-02-01T00:00:00Z"), 3).map((each) => each.month);
    expect(months).toEqual(["2025-12", "2026-01", "2026-02"]);
  });
});

describe("a desk's piles", () => {
  it("go by what the server allows, the nearest deadline first", () => {
    const sorted = piles([
      booking("requested", "2026-06-20T09:00:00Z", { expires_at: "2026-06-16T09:00:00Z" }),
      booking("requested", "2026-06-25T09:00:00Z", { expires_at: "2026-06-15T09:00:00Z" }),
      booking("confirmed", "2026-06-14T09:00:00Z", { actions: ["complete", "no_show"] }),
      booking("confirmed", "2026-06-18T09:00:00Z", { actions: ["cancel"] }),
      booking("completed", "2026-06-10T09:00:00Z", { actions: ["review"] }),
      booking("completed", "2026-06-09T09:00:00Z"),
    ]);
    const starts = (of: BookingCard[]) => of.map((each) => each.starts_at.slice(8, 10));
    expect(starts(sorted.requests)).toEqual(["25", "20"]);
    expect(starts(sorted.closing)).toEqual(["14"]);
    expect(starts(sorted.upcoming)).toEqual(["18"]);
    expect(starts(sorted.reviewing)).toEqual(["10"]);
  });
});
