import { api } from "#web/api/http";
import { recall, remember } from "#web/app/memory";
import type { Booking, ChefCard } from "../parts/types";
import type { AvailabilityView, AvailabilityWish, BlockedTime, Move, OwnChef, ProfileWish } from "./types";

const BASE = "/api/coocook";

/** The chef's part. Who accepts, accepts the time that was read: a request that was moved meanwhile is a 409. */
export const move = (
  { id, starts_at }: Pick<Booking, "id" | "starts_at">,
  action: Move,
  reason = "",
): Promise<Booking> =>
  api.post<Booking>(`${BASE}/bookings/${id}/transition`, {
    action,
    reason,
    ...(action === "accept" ? { starts_at } : {}),
  });

export const readBooking = (bookingId: string): Promise<Booking> =>
  api.get<Booking>(`${BASE}/bookings/${bookingId}`);

export const setHours = (
  chefId: string,
  wish: AvailabilityWish & { blocked?: BlockedTime[] },
): Promise<AvailabilityView> => api.put<AvailabilityView>(`${BASE}/chefs/${chefId}/availability`, wish);

export const propose = (wish: ProfileWish): Promise<OwnChef> => api.post<OwnChef>(`${BASE}/chefs`, wish);

/** Change the profile as it was read; another version now is a 412. */
export const changeProfile = (
  own: Pick<OwnChef, "id" | "version">,
  patch: Partial<ProfileWish> & { status?: "active" | "inactive"; calendar_feed?: "renew" | "revoke" },
): Promise<OwnChef> => api.patch<OwnChef>(`${BASE}/chefs/${own.id}`, patch, { ifMatch: `"${own.version}"` });

export const decide = (chefId: string, decision: "approve" | "decline", reason: string) =>
  api.post<ChefCard>(`${BASE}/chefs/${chefId}/approval`, { decision, reason });

/** What was being written, kept for this tab: a reload must not cost a paragraph. */
export const kept = {
  read<T>(slot: string): T | null {
    try {
      const text = recall(`sf.coocook.desk.${slot}`, "tab");
      return text ? (JSON.parse(text) as T) : null;
    } catch {
      return null;
    }
  },
  write(slot: string, value: unknown): void {
    remember(`sf.coocook.desk.${slot}`, value === null ? null : JSON.stringify(value), "tab");
  },
};
