import { expect, it } from "vitest";
import { policyAhead, policyLines, spanOf } from "./policyLines";

const moderate = {
  code: "moderate" as const,
  tiers: [
    { hours_before: 0, percent: 0 },
    { hours_before: 168, percent: 100 },
    { hours_before: 24, percent: 50 },
  ],
};

it("a policy reads from the kindest line to the strictest, with dates once the start is known", () => {
  const lines = policyLines(moderate, "2026-12-10T09:00:00Z");
  expect(lines.map((line) => [line.percent, line.until?.toISOString() ?? null])).toEqual([
    [100, "2026-12-03T09:00:00.000Z"],
    [50, "2026-12-09T09:00:00.000Z"],
    [0, null],
  ]);
  expect(policyLines(moderate).every((line) => line.until === null)).toBe(true);
});

it("what can no longer be had is not said of a booking to come", () => {
  const ahead = policyAhead(moderate, "2026-12-10T09:00:00Z", Date.parse("2026-12-05T00:00:00Z"));
  expect(ahead.map((line) => line.percent)).toEqual([50, 0]);
});

it("long spans are said in days, short ones in hours", () => {
  expect([168, 72, 48, 6].map(spanOf)).toEqual([
    { unit: "days", count: 7 },
    { unit: "days", count: 3 },
    { unit: "hours", count: 48 },
    { unit: "hours", count: 6 },
  ]);
});
