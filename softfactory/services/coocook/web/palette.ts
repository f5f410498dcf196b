import { api } from "#web/api/http";
import type { PaletteProvider } from "#web/app/palette/entries";
import type { PageOf } from "#web/ui/usePages";
import type { ChefCard } from "./parts/types";

/** Chefs by the words of their names, menus and dishes. */
export const palette: PaletteProvider = {
  async search(q, signal) {
    const found = await api.get<PageOf<ChefCard>>("/api/coocook/chefs", { query: { q, limit: 6 }, signal });
    return found.items.map((chef) => ({
      id: `chef ${chef.id}`,
      group: "found",
      label: chef.name,
      hint: chef.headline,
      icon: "chefHat",
      to: `/chefs/${chef.id}`,
    }));
  },
};
