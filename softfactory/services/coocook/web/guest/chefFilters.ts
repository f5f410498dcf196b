import type { Filters } from "#web/ui/useFilters";
import { isDay } from "../parts/calendar";
import { CUISINES, REGION_GROUPS } from "../parts/codes";

export const CHEF_FILTERS = [
  "q",
  "cuisine",
  "region",
  "date",
  "party",
  "price_min",
  "price_max",
  "rating_min",
] as const;
export type ChefFilter = (typeof CHEF_FILTERS)[number];
export type ChefFilterValues = Filters<ChefFilter>;

export const SORTS = ["rating", "price", "new"] as const;

const whole = (low: number, high: number) => (text: string) =>
  /^\d{1,9}$/.test(text) && Number(text) >= low && Number(text) <= high;
const REGIONS: readonly string[] = REGION_GROUPS.flatMap((group) => [...group.regions]);

const GOOD: Record<ChefFilter, (text: string) => boolean> = {
  q: (text) => text.trim().length > 0 && text.length <= 100,
  cuisine: (text) => (CUISINES as readonly string[]).includes(text),
  region: (text) => REGIONS.includes(text),
  date: isDay,
  party: whole(1, 100),
  price_min: whole(0, 10_000_000),
  price_max: whole(0, 10_000_000),
  rating_min: (text) => /^[1-5](\.\d)?$/.test(text) && Number(text) <= 5,
};

/** An address can be written by anybody: what is no filter is left out, rather than refused by the server. */
export function readFilters(values: ChefFilterValues): ChefFilterValues {
  const good: ChefFilterValues = {};
  for (const name of CHEF_FILTERS) {
    const value = values[name];
    if (value !== undefined && GOOD[name](value)) good[name] = value;
  }
  return good;
}
