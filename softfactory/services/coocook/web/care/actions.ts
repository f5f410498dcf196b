import type {
  QueuedReview as ApiQueuedReview,
  ReviewActionWish as ApiReviewActionWish,
  ReviewQueue as ApiReviewQueue,
  BookingView,
} from "#web/api/generated";
import { api } from "#web/api/http";
import type { Booking, Review } from "../parts/types";

export type QueuedReview = ApiQueuedReview;
export type ReviewQueue = Omit<ApiReviewQueue, "next_cursor"> & { next_cursor: string | null };
export type ReviewActionWish = ApiReviewActionWish;
export type Proposal = NonNullable<BookingView["proposal"]>;
export type Dispute = NonNullable<BookingView["dispute"]>;

const BASE = "/api/coocook";

interface Reschedule {
  action: "move" | "agree" | "refuse";
  starts_at?: string;
  reason?: string;
}

/** Name another time, or answer the one that the other side named. */
export const reschedule = (bookingId: string, wish: Reschedule) =>
  api.post<Booking>(`${BASE}/bookings/${bookingId}/reschedule`, wish);

/** Dispute a booking, or answer the other side's dispute. */
export const dispute = (bookingId: string, reason: string) =>
  api.post<Booking>(`${BASE}/bookings/${bookingId}/transition`, { action: "dispute", reason });

interface Decision {
  refund: number;
  reason: string;
}

/** How a decision would divide the price; nothing changes. */
export const tryDecision = (bookingId: string, wish: Decision, signal?: AbortSignal) =>
  api.post<Booking>(
    `${BASE}/bookings/${bookingId}/transition`,
    { action: "resolve", ...wish },
    { query: { dry_run: true }, signal },
  );

export const decideDispute = (bookingId: string, wish: Decision) =>
  api.post<Booking>(`${BASE}/bookings/${bookingId}/transition`, { action: "resolve", ...wish });

export const actOnReview = (reviewId: string, wish: ReviewActionWish) =>
  api.post<Review>(`${BASE}/reviews/${reviewId}/actions`, wish);
