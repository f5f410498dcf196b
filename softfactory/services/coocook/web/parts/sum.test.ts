import { describe, expect, it } from "vitest";
import { billOf, extrasInAddress, partyWithin } from "./sum";
import type { Menu } from "./types";

const won = (amount: number) => ({ amount, currency: "KRW" as const });
const menu = {
  name: "계절 한 상",
  price_per_guest: won(90_000),
  min_party: 2,
  max_party: 8,
  extras: [
    { code: "wine", name: "와인", price: won(40_000), per: "guest" },
    { code: "cake", name: "케이크", price: won(35_000), per: "booking" },
  ],
} as unknown as Menu;

describe("the bill", () => {
  it("is the menu for every guest", () => {
    const { lines, total } = billOf(menu, 4);
    expect(lines).toEqual([
      { code: "menu", label: "계절 한 상", quantity: 4, unit: won(90_000), amount: won(360_000) },
    ]);
    expect(total).toEqual(won(360_000));
  });

  it("counts an extra per guest by the party, and one per booking as chosen", () => {
    const { lines, total } = billOf(menu, 3, { wine: 1, cake: 2 });
    expect(lines.map((line) => [line.label, line.quantity, line.amount.amount])).toEqual([
      ["계절 한 상", 3, 270_000],
      ["와인", 3, 120_000],
      ["케이크", 2, 70_000],
    ]);
    expect(total.amount).toBe(460_000);
  });

  it("leaves out extras that were not chosen or that the menu does not have", () => {
    expect(billOf(menu, 2, { wine: 0, soju: 3 }).lines).toHaveLength(1);
  });
});

describe("extras in the address", () => {
  it("come back as they were written", () => {
    expect(extrasInAddress.write({ wine: 1, cake: 2, none: 0 })).toBe("wine-1.cake-2");
    expect(extrasInAddress.read("wine-1.cake-2", menu)).toEqual({ wine: 1, cake: 2 });
  });

  it("are dropped when somebody made them up", () => {
    expect(extrasInAddress.read("soju-2.wine-0.cake-x.cake-1000", menu)).toEqual({});
    expect(extrasInAddress.read(undefined, menu)).toEqual({});
    expect(extrasInAddress.write({})).toBeUndefined();
  });
});

it("a party stays within what a menu is for", () => {
  expect([1, 4, 20].map((party) => partyWithin(party, menu))).toEqual([2, 4, 8]);
  expect(partyWithin(0, undefined)).toBe(1);
});
