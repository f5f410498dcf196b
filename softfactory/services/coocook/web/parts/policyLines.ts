import type { CancelPolicy } from "./types";

export interface PolicyLine {
  /** Until this moment; null for the last line, which is for whatever comes after. */
  until: Date | null;
  hours: number;
  percent: number;
}

const HOUR_MS = 3_600_000;

/** A cancellation policy as lines to read, from the kindest to the strictest; with dates once the start is known. */
export function policyLines(policy: CancelPolicy, startsAt?: string): PolicyLine[] {
  const tiers = [...policy.tiers].sort((a, b) => b.hours_before - a.hours_before);
  const start = startsAt ? Date.parse(startsAt) : null;
  return tiers.map((tier) => ({
    hours: tier.hours_before,
    percent: tier.percent,
    until: start !== null && tier.hours_before > 0 ? new Date(start - tier.hours_before * HOUR_MS) : null,
  }));
}

/** The tiers that can still be had at a moment. */
export function policyAhead(policy: CancelPolicy, startsAt: string, now: number): PolicyLine[] {
  return policyLines(policy, startsAt).filter((line) => line.until === null || line.until.getTime() > now);
}

/** Hours as people say them: 7 days, 48 hours. */
export function spanOf(hours: number): { unit: "days" | "hours"; count: number } {
  return hours >= 72 && hours % 24 === 0
    ? { unit: "days", count: hours / 24 }
    : { unit: "hours", count: hours };
}
