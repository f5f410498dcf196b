import type { PictureView } from "#web/api/generated";
import type { Allergen } from "../../parts/codes";
import type { Course, Menu } from "../../parts/types";

/** A menu while it is being written. Amounts are null while their field is empty. */
export interface MenuDraft {
  name: string;
  name_en: string;
  description: string;
  description_en: string;
  price: number | null;
  min_party: number;
  max_party: number;
  duration_minutes: number;
  picture: PictureView | null;
  dishes: DishDraft[];
  extras: ExtraDraft[];
}

export interface DishDraft {
  key: number;
  name: string;
  name_en: string;
  course: Course;
  allergens: Allergen[];
}

export interface ExtraDraft {
  key: number;
  /** Kept, so that an extra stays the same one when its menu is replaced. */
  code: string;
  name: string;
  name_en: string;
  price: number | null;
  per: "booking" | "guest";
}

export const PRICE_MOST = 10_000_000;
export const PARTY_MOST = 100;
export const DISHES_MOST = 30;
export const EXTRAS_MOST = 20;

let keys = 0;
/** React's key for a row that has no id of its own. */
const key = () => {
  keys += 1;
  return keys;
};

export const emptyDish = (course: Course = "main"): DishDraft => ({
  key: key(),
  name: "",
  name_en: "",
  course,
  allergens: [],
});

export function emptyExtra(extras: readonly ExtraDraft[]): ExtraDraft {
  return { key: key(), code: freeCode(extras), name: "", name_en: "", price: null, per: "booking" };
}

/** The first code of the form `extra_1` that no other extra has. */
export function freeCode(extras: readonly Pick<ExtraDraft, "code">[]): string {
  const taken = new Set(extras.map((extra) => extra.code));
  let number = 1;
  while (taken.has(`extra_${number}`)) number += 1;
  return `extra_${number}`;
}

export const emptyMenu = (): MenuDraft => ({
  name: "",
  name_en: "",
  description: "",
  description_en: "",
  price: null,
  min_party: 2,
  max_party: 6,
  duration_minutes: 180,
  picture: null,
  dishes: [emptyDish("starter"), emptyDish("main"), emptyDish("dessert")],
  extras: [],
});

/** The English word where there is one; the API shows the Korean one in its place. */
const other = (word: string | undefined, english: string | undefined): string =>
  english === undefined || english === word ? "" : english;

/** A menu on offer as a draft, from what readers of both languages see. */
export function draftOfMenu(menu: Menu, english: Menu | undefined): MenuDraft {
  return {
    name: menu.name,
    name_en: other(menu.name, english?.name),
    description: menu.description,
    description_en: other(menu.description, english?.description),
    price: menu.price_per_guest.amount,
    min_party: menu.min_party,
    max_party: menu.max_party,
    duration_minutes: menu.duration_minutes,
    picture: menu.picture?.photo ?? null,
    dishes: menu.dishes.map((dish, index) => ({
      ...dish,
      key: key(),
      name_en: other(dish.name, english?.dishes[index]?.name),
    })),
    extras: menu.extras.map((extra, index) => ({
      key: key(),
      code: extra.code,
      name: extra.name,
      name_en: other(extra.name, english?.extras[index]?.name),
      price: extra.price.amount,
      per: extra.per,
    })),
  };
}

const blank = (text: string): string | null => text.trim() || null;
const written = (dish: DishDraft) => !!(dish.name.trim() || dish.name_en.trim() || dish.allergens.length);
const won = (amount: number | null) => ({ amount: amount ?? 0, currency: "KRW" });

/** What is sent. Rows that were never begun are left out. */
export function menuWish(draft: MenuDraft, replaces: string | null) {
  return {
    name: draft.name.trim(),
    name_en: blank(draft.name_en),
    description: draft.description.trim(),
    description_en: blank(draft.description_en),
    price_per_guest: won(draft.price),
    min_party: draft.min_party,
    max_party: draft.max_party,
    duration_minutes: draft.duration_minutes,
    picture_id: draft.picture?.id ?? null,
    dishes: draft.dishes.filter(written).map(({ name, name_en, course, allergens }) => ({
      name: name.trim(),
      name_en: blank(name_en),
      course,
      allergens,
    })),
    extras: draft.extras.map(({ code, name, name_en, price, per }) => ({
      code,
      name: name.trim(),
      name_en: blank(name_en),
      price: won(price),
      per,
    })),
    replaces,
  };
}

export type MenuProblem = "name" | "price" | "party" | "partyOrder" | "dishes" | "same";

/** What the server would refuse, by field, before it is asked. `others`: names of the chef's other menus. */
export function menuProblems(draft: MenuDraft, others: readonly string[]): Record<string, MenuProblem> {
  const problems: Record<string, MenuProblem> = {};
  const amount = (price: number | null) => price !== null && price >= 0 && price <= PRICE_MOST;
  const party = (count: number) => Number.isInteger(count) && count >= 1 && count <= PARTY_MOST;
  if (!draft.name.trim()) problems.name = "name";
  else if (others.includes(draft.name.trim())) problems.name = "same";
  if (!amount(draft.price)) problems.price_per_guest = "price";
  if (!party(draft.min_party)) problems.min_party = "party";
  if (!party(draft.max_party)) problems.max_party = "party";
  else if (draft.max_party < draft.min_party) problems.max_party = "partyOrder";
  if (!draft.dishes.some(written)) problems.dishes = "dishes";
  draft.dishes.forEach((dish, index) => {
    if (written(dish) && !dish.name.trim()) problems[`dishes.${index}.name`] = "name";
  });
  draft.extras.forEach((extra, index) => {
    if (!extra.name.trim()) problems[`extras.${index}.name`] = "name";
    if (!amount(extra.price)) problems[`extras.${index}.price`] = "price";
  });
  return problems;
}

export const sameMenu = (a: MenuDraft, b: MenuDraft): boolean =>
  JSON.stringify(menuWish(a, null)) === JSON.stringify(menuWish(b, null));
