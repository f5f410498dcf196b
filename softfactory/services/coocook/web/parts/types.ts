import type {
  BookingCard as ApiBookingCard,
  Change as ApiChange,
  ChefCard as ApiChefCard,
  Picture as ApiPicture,
  PriceLine as ApiPriceLine,
  PublicReview as ApiPublicReview,
  RatingSummary as ApiRatingSummary,
  Tier as ApiTier,
  BookingView,
  SoftfactoryServicesCoocookSchemasBookingsCancelView as CancelView,
  ChefView,
  DishView,
  ExtraView,
  HoldView,
  MenuView,
  PolicyView,
  SoftfactoryServicesCoocookSchemasBookingsRefundView as RefundView,
  ReviewView,
  SlotView,
} from "#web/api/generated";

/** The shapes that the screens read, by the trade's own names; the document of the API says what is in them. */

export type Picture = ApiPicture;
export type ChefCard = ApiChefCard;
export type Chef = ChefView;
export type CancelPolicy = PolicyView;
export type Tier = ApiTier;
export type Dish = DishView;
export type Course = Dish["course"];
export type Extra = ExtraView;
export type Menu = MenuView;
export type Slot = SlotView;
export type PublicReview = ApiPublicReview;
export type RatingSummary = ApiRatingSummary;
export type Hold = HoldView;
export type BookingCard = ApiBookingCard;
export type BookingStatus = BookingCard["status"];
export type BookingAction = BookingCard["actions"][number];
export type PriceLine = ApiPriceLine;
export type Change = ApiChange;
export type Refund = RefundView;
export type Review = ReviewView;
export type Booking = BookingView;
/** What a row of the timeline tells. */
export type What = Change["what"];
export type CancelQuote = CancelView;
