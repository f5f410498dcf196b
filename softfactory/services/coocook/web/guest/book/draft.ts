import { recall, remember } from "#web/app/memory";
import { ALLERGENS, type Allergen } from "../../parts/codes";

export interface Details {
  allergens: Allergen[];
  acknowledged: boolean;
  note: string;
}

const EMPTY: Details = { allergens: [], acknowledged: false, note: "" };
const slot = (chefId: string) => `sf.coocook.details.${chefId}`;

/** What was typed about a table survives reload, the back button and a hold that ran out; it stays in this tab. */
export const draft = {
  read(chefId: string): Details {
    try {
      const kept = JSON.parse(recall(slot(chefId), "tab") ?? "null") as Partial<Details> | null;
      return {
        allergens: ALLERGENS.filter((code) => kept?.allergens?.includes(code)),
        acknowledged: kept?.acknowledged === true,
        note: typeof kept?.note === "string" ? kept.note : "",
      };
    } catch {
      return EMPTY;
    }
  },
  keep(chefId: string, details: Details): void {
    remember(slot(chefId), JSON.stringify(details), "tab");
  },
  drop(chefId: string): void {
    remember(slot(chefId), null, "tab");
  },
};
