import type { MoneyValue } from "#web/ui/format";
import type { Allergen, CuisineCode, Policy, Region, SpokenLanguage } from "./codes";

/** The shapes of coocook's and platform's answers that the guest's screens read. */

export interface Picture {
  kind: "chef" | "dish" | "kitchen";
  seed: string;
}

export interface ChefCard {
  id: string;
  name: string;
  headline: string;
  cuisines: CuisineCode[];
  region: Region;
  city: string;
  rating: number | null;
  review_count: number;
  price_from: MoneyValue | null;
  picture: Picture;
  instant: boolean;
  languages: SpokenLanguage[];
}

export interface Tier {
  hours_before: number;
  percent: number;
}

export interface CancelPolicy {
  code: Policy;
  tiers: Tier[];
}

export interface Chef extends ChefCard {
  bio: string;
  policy: CancelPolicy;
  zone: string;
  notice_hours: number;
  horizon_days: number;
  party_min: number | null;
  party_max: number | null;
  joined_at: string | null;
  mine: boolean;
}

export type Course = "starter" | "main" | "side" | "dessert" | "drink";

export interface Dish {
  name: string;
  course: Course;
  allergens: Allergen[];
}

export interface Extra {
  code: string;
  name: string;
  price: MoneyValue;
  per: "booking" | "guest";
}

export interface Menu {
  id: string;
  chef_id: string;
  name: string;
  description: string;
  price_per_guest: MoneyValue;
  min_party: number;
  max_party: number;
  duration_minutes: number;
  dishes: Dish[];
  extras: Extra[];
  allergens: Allergen[];
  picture: Picture;
  active: boolean;
}

export interface Slot {
  starts_at: string;
  ends_at: string;
  local_start: string;
  zone: string;
}

export interface PublicReview {
  id: string;
  author_name: string;
  rating: number;
  text: string;
  menu_name: string;
  published_at: string;
}

export interface RatingSummary {
  count: number;
  average: number | null;
  score: number;
  histogram: number[];
}

export interface Hold {
  id: string;
  chef_id: string;
  menu_id: string;
  starts_at: string;
  ends_at: string;
  party: number;
  expires_at: string;
  price: MoneyValue;
}

export type BookingStatus =
  | "held"
  | "paying"
  | "requested"
  | "confirmed"
  | "completed"
  | "cancelled"
  | "declined"
  | "expired"
  | "no_show"
  | "disputed";

export type BookingAction = "pay" | "cancel" | "accept" | "decline" | "complete" | "no_show" | "review";

export interface Refund {
  amount: MoneyValue;
  state: "due" | "requested" | "done" | "refused";
}

export interface BookingCard {
  id: string;
  status: BookingStatus;
  role: "guest" | "chef";
  chef: { id: string; name: string; picture: Picture };
  guest: { id: string; name: string };
  menu: { id: string; name: string };
  starts_at: string;
  ends_at: string;
  local_start: string;
  zone: string;
  party: number;
  price: MoneyValue;
  order_id: string;
  expires_at: string | null;
  refund: Refund | null;
  actions: BookingAction[];
  created_at: string;
}

export interface PriceLine {
  code: "menu" | "extra";
  label: string;
  quantity: number;
  unit: MoneyValue;
  amount: MoneyValue;
}

export interface Change {
  at: string;
  from_status: BookingStatus | null;
  to_status: BookingStatus;
  by: "guest" | "chef" | "admin" | "system";
  reason: string;
}

export interface Review {
  id: string;
  booking_id: string;
  by: "guest" | "chef";
  author_name: string;
  rating: number;
  text: string;
  created_at: string;
  published_at: string | null;
}

export interface Booking extends BookingCard {
  hold_id: string;
  lines: PriceLine[];
  policy: CancelPolicy;
  allergens: Allergen[];
  acknowledgement: { sentence: string; dishes: string[]; allergens: Allergen[]; at: string } | null;
  note: string;
  paid_at: string | null;
  review_until: string | null;
  timeline: Change[];
  reviews: Review[];
  alternatives: ChefCard[];
}

export interface CancelQuote {
  dry_run: boolean;
  status: BookingStatus;
  percent: number;
  refund: MoneyValue;
  kept: MoneyValue;
  lines: { code: "paid" | "kept" | "refund"; label: string; amount: MoneyValue }[];
  rule: string;
  valid_until: string | null;
}
