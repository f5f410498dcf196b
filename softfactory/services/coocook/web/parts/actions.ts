import type { BookingWish as ApiBookingWish, ConfirmWish, HoldWish, PaymentView } from "#web/api/generated";
import { api } from "#web/api/http";
import { once } from "#web/api/idempotency";
import { ApiError } from "#web/api/problem";
import { recall, remember } from "#web/app/memory";
import type { PageOf } from "#web/ui/usePages";
import type { Booking, CancelQuote, Hold, Review } from "./types";

export type { HoldWish };
/** Every field said, so that the same table is always the same wish. */
export type BookingWish = Required<ApiBookingWish>;

const BASE = "/api/coocook";
const LAST_HOLD = "sf.coocook.hold";

export const refusedAs = (error: unknown, ...codes: string[]): error is ApiError =>
  error instanceof ApiError && codes.includes(error.code);

/** Let a hold go; one that became an unpaid booking is cancelled. What is gone already is gone. */
async function letGo(holdId: string): Promise<void> {
  try {
    await api.delete(`${BASE}/holds/${holdId}`);
  } catch (error) {
    if (refusedAs(error, "hold_booked") && typeof error.facts.booking_id === "string") {
      await cancelUnpaid(error.facts.booking_id);
    } else if (!refusedAs(error, "no_such_hold")) {
      throw error;
    }
  }
}

/** A booking that was paid in the meantime is left alone: nobody loses an evening by choosing another one. */
export async function cancelUnpaid(bookingId: string): Promise<void> {
  try {
    const { status } = await api.get<Booking>(`${BASE}/bookings/${bookingId}`);
    if (status !== "held") return;
    await api.post(`${BASE}/bookings/${bookingId}/cancel`, { expected_refund: 0 });
  } catch (error) {
    if (!refusedAs(error, "wrong_state", "no_such_booking")) throw error;
  }
}

/**
 * Keep a time, or find it kept. One guest keeps one time here: what this tab held before is given back, first where
 * it stands in the way of the new one, else once the new one is won.
 */
export async function hold(wish: HoldWish): Promise<Hold> {
  const before = recall(LAST_HOLD, "tab");
  const take = () => api.post<Hold>(`${BASE}/holds`, wish);
  let kept: Hold;
  try {
    kept = await take();
  } catch (error) {
    const inTheWay =
      (refusedAs(error, "slot_taken") && error.facts.yours === true) || refusedAs(error, "too_many_holds");
    if (!before || !inTheWay) throw error;
    await letGo(before);
    remember(LAST_HOLD, null, "tab");
    return await hold(wish);
  }
  if (before && before !== kept.id) void letGo(before).catch(() => undefined);
  remember(LAST_HOLD, kept.id, "tab");
  return kept;
}

/** Book a held table. The hold may have been booked with other words before: then that booking is replaced. */
export async function book(
  wish: BookingWish,
  table: HoldWish,
  fits: (booking: Booking) => boolean,
): Promise<Booking> {
  const made = await once("coocook.book", wish, (idempotencyKey) =>
    api.post<Booking>(`${BASE}/bookings`, wish, { idempotencyKey }),
  );
  if (made.status !== "held" || fits(made)) return made;
  await cancelUnpaid(made.id);
  const again = { ...wish, hold_id: (await hold(table)).id };
  return await once("coocook.book", again, (idempotencyKey) =>
    api.post<Booking>(`${BASE}/bookings`, again, { idempotencyKey }),
  );
}

export type Payment = PaymentView;

/** Pay. The key outlives silence, so that pressing again goes on with the same payment. */
export function pay(wish: ConfirmWish): Promise<Payment> {
  // From here on the hold is no longer this tab's to give back.
  remember(LAST_HOLD, null, "tab");
  return once("coocook.pay", wish, (idempotencyKey) =>
    api.post<Payment>("/api/payment/confirm", wish, { idempotencyKey }),
  );
}

/** The latest attempt to pay an order. */
export async function lastPayment(orderId: string, signal?: AbortSignal): Promise<Payment | null> {
  const page = await api.get<PageOf<Payment>>("/api/payment/", {
    query: { order_id: orderId, limit: 1 },
    signal,
  });
  return page.items[0] ?? null;
}

/**
 * After silence, or a refusal that the repeat of a heard wish gets: whether the thing has happened all the same. Asked of
 * the booking, for only it knows; while it cannot be asked, nobody knows.
 */
export async function happened(
  error: unknown,
  bookingId: string,
  done: (now: Booking) => boolean,
): Promise<boolean> {
  const unsure = error instanceof ApiError && [0, 409, 500, 502, 503, 504].includes(error.status);
  if (!unsure) return false;
  return await api.get<Booking>(`${BASE}/bookings/${bookingId}`).then(done, () => false);
}

/** What would come back now; nothing changes. */
export const quoteCancel = (bookingId: string): Promise<CancelQuote> =>
  api.post<CancelQuote>(`${BASE}/bookings/${bookingId}/cancel`, {}, { query: { dry_run: true } });

export const cancel = (bookingId: string, wish: { reason: string; expected_refund: number }) =>
  api.post<CancelQuote>(`${BASE}/bookings/${bookingId}/cancel`, wish);

export const review = (bookingId: string, wish: { rating: number; text: string }) =>
  api.post<Review>(`${BASE}/bookings/${bookingId}/reviews`, wish);
