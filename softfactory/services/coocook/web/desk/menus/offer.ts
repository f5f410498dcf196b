import { useQuery } from "@tanstack/react-query";
import { api } from "#web/api/http";
import { problemOf } from "#web/api/problem";
import { accessToken } from "#web/app/session";
import type { PageOf } from "#web/ui/usePages";
import type { Menu } from "../../parts/types";
import { draftOfMenu, type MenuDraft, menuWish } from "./menuDraft";

const pathOf = (chefId: string) => `/api/coocook/chefs/${chefId}/menus`;

/** The menus as readers of one language see them, whatever the language of this screen. */
async function menusIn(lang: "ko" | "en", chefId: string, signal: AbortSignal): Promise<Menu[]> {
  const token = await accessToken();
  const answer = await fetch(pathOf(chefId), {
    headers: { "Accept-Language": lang, ...(token ? { Authorization: `Bearer ${token}` } : {}) },
    signal,
  });
  const body: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok) throw problemOf(answer.status, body, answer.headers.get("X-Request-Id"));
  return (body as PageOf<Menu>).items;
}

/**
 * A menu as its chef wrote it; null when it is not offered any more. The API shows one language at a time, so both are
 * read: replacing a menu must not lose the other one.
 */
export function useWritten(chefId: string, menuId: string | null) {
  return useQuery({
    queryKey: ["coocook", "menu-written", chefId, menuId],
    queryFn: async ({ signal }): Promise<MenuDraft | null> => {
      const [korean, english] = await Promise.all([
        menusIn("ko", chefId, signal),
        menusIn("en", chefId, signal),
      ]);
      const found = korean.find((menu) => menu.id === menuId);
      return found
        ? draftOfMenu(
            found,
            english.find((menu) => menu.id === menuId),
          )
        : null;
    },
    enabled: menuId !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

/** Offer a menu, in the place of another one where `replaces` says so. */
export const offer = (chefId: string, draft: MenuDraft, replaces: string | null): Promise<Menu> =>
  api.post<Menu>(pathOf(chefId), menuWish(draft, replaces));

/** Take a menu off. The API wants the whole menu along; what it says does not matter then. */
export const withdraw = (menu: Menu): Promise<Menu> =>
  api.post<Menu>(pathOf(menu.chef_id), { ...menuWish(draftOfMenu(menu, undefined), menu.id), active: false });
