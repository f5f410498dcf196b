import type { ChefCard, DishView } from "#web/api/generated";

/** The closed lists of the trade, in the order in which they are offered. Their names are messages. */

export const CUISINES = [
  "korean",
  "royal_court",
  "temple",
  "japanese",
  "chinese",
  "italian",
  "french",
  "spanish",
  "thai",
  "vietnamese",
  "indian",
  "mexican",
  "american",
  "fusion",
  "seafood",
  "bbq",
  "vegan",
  "dessert",
] as const satisfies readonly ChefCard["cuisines"][number][];
export type CuisineCode = ChefCard["cuisines"][number];

/** Provinces by the part of the country, as people speak of them. */
export const REGION_GROUPS = [
  { key: "capital", regions: ["seoul", "gyeonggi", "incheon"] },
  { key: "east", regions: ["gangwon"] },
  { key: "centre", regions: ["daejeon", "sejong", "chungbuk", "chungnam"] },
  { key: "southwest", regions: ["gwangju", "jeonbuk", "jeonnam"] },
  { key: "southeast", regions: ["busan", "daegu", "ulsan", "gyeongbuk", "gyeongnam"] },
  { key: "island", regions: ["jeju"] },
] as const satisfies readonly { key: string; regions: readonly ChefCard["region"][] }[];
export type Region = ChefCard["region"];

export const ALLERGENS = [
  "egg",
  "milk",
  "wheat",
  "buckwheat",
  "soy",
  "sesame",
  "peanut",
  "tree_nut",
  "walnut",
  "pine_nut",
  "fish",
  "mackerel",
  "shellfish",
  "shrimp",
  "crab",
  "squid",
  "beef",
  "pork",
  "chicken",
  "peach",
  "tomato",
  "celery",
  "mustard",
  "lupin",
  "sulfite",
] as const satisfies readonly DishView["allergens"][number][];
export type Allergen = DishView["allergens"][number];

export const COURSES = ["starter", "main", "side", "dessert", "drink"] as const;

export type SpokenLanguage = ChefCard["languages"][number];
export type Policy = "flexible" | "moderate" | "strict";

/** Whoever cannot eat a group cannot eat its members; a dish that declares a group may hold any member. */
const MEMBERS: Partial<Record<Allergen, readonly Allergen[]>> = {
  tree_nut: ["walnut", "pine_nut"],
  fish: ["mackerel"],
  shellfish: ["crab", "shrimp", "squid"],
};

export function touches(guest: Allergen, dish: Allergen): boolean {
  return guest === dish || !!MEMBERS[guest]?.includes(dish) || !!MEMBERS[dish]?.includes(guest);
}
