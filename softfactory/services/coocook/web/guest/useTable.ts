import { useNavigate, useSearch } from "@tanstack/react-router";
import { isDay } from "../parts/calendar";
import { type Extras, extrasInAddress, partyWithin } from "../parts/sum";
import type { Menu } from "../parts/types";

const USUAL_PARTY = 2;

export interface TableChange {
  menu?: string;
  party?: number;
  date?: string;
  at?: string;
  extras?: Extras;
}

/** What a guest is putting together, as the address carries it: menu, party, day, time and extras. */
export function useTable(menus: readonly Menu[] | undefined) {
  const search = useSearch({ strict: false }) as Record<string, string | undefined>;
  const navigate = useNavigate();
  const menu = menus?.find((each) => each.id === search.menu) ?? menus?.[0];
  const party = partyWithin(Number(search.party) || USUAL_PARTY, menu);
  const at = search.at && !Number.isNaN(Date.parse(search.at)) ? search.at : undefined;
  const day = isDay(search.date) ? search.date : undefined;
  const extras = extrasInAddress.read(search.extras, menu);

  const change = (wanted: TableChange) => {
    const next: Record<string, string | undefined> = {};
    if ("menu" in wanted) Object.assign(next, { menu: wanted.menu, extras: undefined, at: undefined });
    if (wanted.party) Object.assign(next, { party: String(wanted.party) });
    if ("date" in wanted) next.date = wanted.date;
    if ("at" in wanted) next.at = wanted.at;
    if (wanted.extras) next.extras = extrasInAddress.write(wanted.extras);
    void navigate({
      to: ".",
      search: ((now: Record<string, unknown>) => ({ ...now, ...next })) as never,
      replace: true,
      resetScroll: false,
    });
  };

  return { menu, party, at, day, extras, change, search };
}
