import type { PictureView } from "#web/api/generated";
import type { MoneyValue } from "#web/ui/format";
import type { CuisineCode, Policy, Region, SpokenLanguage } from "../parts/codes";
import type { Picture } from "../parts/types";

/** The shapes of coocook's answers that only a chef reads. */

export interface DayHours {
  /** `17:00` */
  from: string;
  /** `22:00`; the end of the day is `24:00`. */
  to: string;
}

export interface WeeklyHours extends DayHours {
  /** 1 Monday to 7 Sunday. */
  weekday: number;
}

export interface ExceptionDay {
  date: string;
  /** None: closed all day. */
  hours: DayHours[];
  note: string;
}

export interface AvailabilityWish {
  zone: string;
  weekly: WeeklyHours[];
  exceptions: ExceptionDay[];
  turnaround_minutes: number;
  notice_hours: number;
  horizon_days: number;
  slot_step_minutes: number;
}

export interface BlockedTime {
  /** `2026-12-24T10:00`, by the clock of the chef's zone. */
  from: string;
  to: string;
  note: string;
}

export interface AvailabilityView extends AvailabilityWish {
  /** Outside appointments that are not over. */
  blocked: BlockedTime[];

  version: number;
  /** Wall times that the clocks will skip. */
  shifted: string[];
}

export type ChefStatus = "draft" | "active" | "inactive" | "declined";

export interface ProfileWish {
  name: string;
  name_en: string | null;
  headline: string;
  headline_en: string | null;
  bio: string;
  bio_en: string | null;
  cuisines: CuisineCode[];
  region: Region;
  city: string;
  languages: SpokenLanguage[];
  policy: Policy;
  instant: boolean;
}

export interface Feed {
  made_at: string | null;
  /** Told once, in the answer that made it. */
  address: string | null;
}

export interface OwnChef extends ProfileWish {
  id: string;
  status: ChefStatus;
  decision_reason: string | null;
  picture: Picture;
  cover: PictureView | null;
  gallery: PictureView[];
  rating: number | null;
  review_count: number;
  price_from: MoneyValue | null;
  availability: AvailabilityView;
  calendar_feed: Feed;
  version: number;
}

export type Move = "accept" | "decline" | "complete" | "no_show";
