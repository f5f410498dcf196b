import { expect, it } from "vitest";
import { conflicts } from "./allergy";
import { ALLERGENS } from "./codes";
import type { Dish } from "./types";

const dish = (name: string, ...allergens: Dish["allergens"]): Dish => ({ name, course: "main", allergens });
const menu = [
  dish("잣죽", "pine_nut"),
  dish("게장", "crab", "soy"),
  dish("나물"),
  dish("견과 강정", "tree_nut"),
];

it("a group meets its members, and a member meets a declared group", () => {
  expect(conflicts(menu, ["tree_nut"]).map(({ dish }) => dish.name)).toEqual(["잣죽", "견과 강정"]);
  expect(conflicts(menu, ["walnut"]).map(({ dish }) => dish.name)).toEqual(["견과 강정"]);
  expect(conflicts(menu, ["shellfish", "soy"])).toEqual([{ dish: menu[1], allergens: ["shellfish", "soy"] }]);
});

it("no allergies, no conflicts; every code of the API can be chosen once", () => {
  expect(conflicts(menu, [])).toEqual([]);
  expect(new Set(ALLERGENS).size).toBe(25);
});
