import { keepPreviousData, type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { CoocookListChefsData } from "#web/api/generated";
import { api } from "#web/api/http";
import { sentAlong } from "#web/app/firstView";
import { type PageOf, usePages } from "#web/ui/usePages";
import type {
  Booking,
  BookingCard,
  BookingStatus,
  Chef,
  ChefCard,
  Menu,
  PublicReview,
  RatingSummary,
  Slot,
} from "./types";

const BASE = "/api/coocook";

/** Answers are in the reader's language, so each language keeps its own. */
function useKey(): (...parts: unknown[]) => unknown[] {
  const { i18n } = useTranslation();
  return (...parts) => ["coocook", ...parts, i18n.language];
}

type ChefQuery = NonNullable<CoocookListChefsData["query"]>;
type ChefFilters = Partial<Record<keyof ChefQuery, string>>;

export function useChefs(filters: ChefFilters) {
  const key = useKey();
  return usePages(key("chefs", filters), (cursor, signal) =>
    api.get<PageOf<ChefCard>>(`${BASE}/chefs`, { query: { ...filters, cursor, limit: 24 }, signal }),
  );
}

export function useChef(chefId: string) {
  const key = useKey();
  const address = `${BASE}/chefs/${chefId}`;
  return useQuery({
    queryKey: key("chef", chefId),
    queryFn: ({ signal }) => api.get<Chef>(address, { signal }),
    initialData: () => sentAlong<Chef>(address),
    initialDataUpdatedAt: 0,
  });
}

export function useMenus(chefId: string) {
  const key = useKey();
  return useQuery({
    queryKey: key("menus", chefId),
    queryFn: async ({ signal }) =>
      (await api.get<PageOf<Menu>>(`${BASE}/chefs/${chefId}/menus`, { signal })).items,
  });
}

interface SlotWish {
  chefId: string;
  from: string;
  to: string;
  party: number;
  menuId?: string;
  /** To move this booking: its own time counts as free. */
  bookingId?: string;
}

/** Free times change with every booking of others, so they are asked anew whenever they are looked at. */
export function useSlots({ chefId, from, to, party, menuId, bookingId }: SlotWish, enabled = true) {
  return useQuery({
    queryKey: ["coocook", "slots", chefId, menuId ?? null, bookingId ?? null, party, from, to],
    queryFn: async ({ signal }) =>
      (
        await api.get<PageOf<Slot>>(`${BASE}/chefs/${chefId}/slots`, {
          query: { from, to, party, menu_id: menuId, booking_id: bookingId },
          signal,
        })
      ).items,
    enabled,
    staleTime: 15_000,
    placeholderData: keepPreviousData,
  });
}

export function useReviews(chefId: string) {
  const key = useKey();
  const pages = usePages(key("reviews", chefId), (cursor, signal) =>
    api.get<PageOf<PublicReview> & { summary: RatingSummary }>(`${BASE}/chefs/${chefId}/reviews`, {
      query: { cursor, limit: 6 },
      signal,
    }),
  );
  const first = pages.data?.pages[0] as { summary?: RatingSummary } | undefined;
  return { ...pages, summary: first?.summary };
}

export function useBookings(statuses: readonly BookingStatus[]) {
  const key = useKey();
  return usePages(key("bookings", statuses.join()), (cursor, signal) =>
    api.get<PageOf<BookingCard>>(`${BASE}/bookings`, {
      query: { role: "guest", status: statuses, cursor, limit: 50 },
      signal,
    }),
  );
}

interface BookingWatch {
  /** How soon to look again; false when nothing is awaited. */
  every?: (booking: Booking | undefined) => number | false;
}

export function useBooking(bookingId: string | undefined, { every }: BookingWatch = {}) {
  const key = useKey();
  return useQuery({
    queryKey: key("booking", bookingId),
    queryFn: ({ signal }) => api.get<Booking>(`${BASE}/bookings/${bookingId}`, { signal }),
    enabled: !!bookingId,
    refetchInterval: every ? (query) => every(query.state.data) : false,
  });
}

/** After anything that moves a booking: what shows bookings or free times is asked anew. */
export function refreshBookings(client: QueryClient): Promise<unknown> {
  return Promise.all(
    ["bookings", "booking", "slots"].map((part) => client.invalidateQueries({ queryKey: ["coocook", part] })),
  );
}

export function useRefreshBookings(): () => Promise<unknown> {
  const client = useQueryClient();
  return () => refreshBookings(client);
}
