import { expect, it } from "vitest";
import { readFilters } from "./chefFilters";

it("filters that make sense are kept as they stand in the address", () => {
  const good = {
    q: "김치",
    cuisine: "royal_court",
    region: "jeju",
    date: "2026-12-24",
    party: "6",
    price_max: "150000",
    rating_min: "4.5",
  };
  expect(readFilters(good)).toEqual(good);
});

it("what nobody can mean is left out", () => {
  expect(
    readFilters({
      q: " ",
      cuisine: "fast_food",
      region: "atlantis",
      date: "2026-02-30",
      party: "0",
      price_min: "-5",
      price_max: "1e9",
      rating_min: "5.9",
    }),
  ).toEqual({});
});
