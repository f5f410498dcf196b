import { keepPreviousData, type QueryClient, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, type Options } from "#web/api/http";
import { ApiError } from "#web/api/problem";
import type { PageOf } from "#web/ui/usePages";
import type { BookingCard, BookingStatus } from "../parts/types";
import type { OwnChef } from "./types";

const BASE = "/api/coocook";
const OWN = ["coocook", "own"];
/** Pages of a hundred; a desk that shows more than this in one place is no desk. */
const PAGES = 5;

/** How soon the desk looks for new requests by itself. */
export const LOOK_EVERY_MS = 15_000;

/** The chef's own profile; null when there is none yet. */
export function useOwn() {
  return useQuery({
    queryKey: OWN,
    queryFn: async ({ signal }) => {
      try {
        return await api.get<OwnChef>(`${BASE}/chefs/me`, { signal });
      } catch (error) {
        if (error instanceof ApiError && error.code === "no_profile_yet") return null;
        throw error;
      }
    },
  });
}

export const keepOwn = (client: QueryClient, own: OwnChef) => client.setQueryData(OWN, own);
/** What is known of the own profile at this moment. */
export const ownNow = (client: QueryClient) => client.getQueryData<OwnChef | null>(OWN);
export const refreshOwn = (client: QueryClient) => client.invalidateQueries({ queryKey: OWN });

async function everyPage<Item>(path: string, query: Options["query"], signal: AbortSignal): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const answer: PageOf<Item> = await api.get(path, { query: { ...query, cursor, limit: 100 }, signal });
    items.push(...answer.items);
    cursor = answer.next_cursor;
    if (cursor === null) break;
  }
  return items;
}

/** What may still ask something of the chef. */
export const OPEN: readonly BookingStatus[] = ["requested", "confirmed", "disputed"];

interface DeskBookings {
  statuses: readonly BookingStatus[];
  from?: string;
  to?: string;
}

/** The chef's bookings, the soonest first, looked at again every 15 seconds while the screen is seen. */
export function useDeskBookings({ statuses, from, to }: DeskBookings, enabled = true) {
  const { i18n } = useTranslation();
  return useQuery({
    queryKey: ["coocook", "bookings", "desk", statuses.join(), from ?? null, to ?? null, i18n.language],
    queryFn: async ({ signal }) => {
      const query = { role: "chef", status: statuses, from, to };
      const items = await everyPage<BookingCard>(`${BASE}/bookings`, query, signal);
      return items.sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at));
    },
    enabled,
    refetchInterval: LOOK_EVERY_MS,
    placeholderData: keepPreviousData,
  });
}
