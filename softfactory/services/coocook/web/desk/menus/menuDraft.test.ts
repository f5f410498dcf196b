import { describe, expect, it } from "vitest";
import type { Menu } from "../../parts/types";
import { draftOfMenu, emptyDish, emptyMenu, freeCode, menuProblems, menuWish, sameMenu } from "./menuDraft";

const won = (amount: number) => ({ amount, currency: "KRW" });
const menu = {
  name: "봄 한 상",
  description: "봄나물",
  price_per_guest: won(90_000),
  min_party: 2,
  max_party: 8,
  duration_minutes: 150,
  dishes: [{ name: "냉이국", course: "starter", allergens: ["soy"] }],
  extras: [{ code: "wine", name: "와인", price: won(30_000), per: "booking" }],
} as unknown as Menu;
const english = {
  ...menu,
  name: "A spring table",
  dishes: [{ name: "Shepherd’s purse soup", course: "starter", allergens: ["soy"] }],
} as Menu;

describe("a menu being written", () => {
  it("keeps both languages of what it replaces, and only words that are really English", () => {
    const wish = menuWish(draftOfMenu(menu, english), "m1");
    expect([wish.name, wish.name_en, wish.description_en]).toEqual(["봄 한 상", "A spring table", null]);
    expect(wish.dishes[0]).toMatchObject({ name: "냉이국", name_en: "Shepherd’s purse soup" });
    expect(wish.extras[0]).toMatchObject({ code: "wine", name_en: null, price: won(30_000) });
    expect(wish.replaces).toBe("m1");
  });

  it("leaves out dishes that were never begun", () => {
    const draft = { ...emptyMenu(), dishes: [emptyDish(), { ...emptyDish(), name: " 떡갈비 " }] };
    expect(menuWish(draft, null).dishes.map((dish) => dish.name)).toEqual(["떡갈비"]);
    expect(sameMenu(emptyMenu(), { ...emptyMenu(), dishes: [] })).toBe(true);
  });

  it("says what the server would refuse", () => {
    expect(menuProblems(emptyMenu(), [])).toEqual({
      name: "name",
      price_per_guest: "price",
      dishes: "dishes",
    });
    const draft = draftOfMenu(menu, undefined);
    expect(menuProblems(draft, ["여름 한 상"])).toEqual({});
    expect(menuProblems(draft, ["봄 한 상"])).toEqual({ name: "same" });
    expect(menuProblems({ ...draft, min_party: 9 }, [])).toEqual({ max_party: "partyOrder" });
    expect(menuProblems({ ...draft, max_party: 101, price: 10_000_001 }, [])).toEqual({
      max_party: "party",
      price_per_guest: "price",
    });
    const unnamed = { ...emptyDish(), allergens: ["egg" as const] };
    expect(menuProblems({ ...draft, dishes: [...draft.dishes, unnamed] }, [])).toEqual({
      "dishes.1.name": "name",
    });
  });

  it("gives each extra a code of its own", () => {
    expect(freeCode([{ code: "extra_1" }, { code: "wine" }, { code: "extra_3" }])).toBe("extra_2");
  });
});
