import { type Allergen, touches } from "./codes";
import type { Dish } from "./types";

export interface Conflict {
  dish: Dish;
  /** Which of the guests' allergens are in it. */
  allergens: Allergen[];
}

/** The dishes that contain what somebody at the table cannot eat, as the server will judge them. */
export function conflicts(dishes: readonly Dish[], guests: readonly Allergen[]): Conflict[] {
  return dishes
    .map((dish) => ({
      dish,
      allergens: guests.filter((guest) => dish.allergens.some((inside) => touches(guest, inside))),
    }))
    .filter((each) => each.allergens.length > 0);
}
