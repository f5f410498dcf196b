import { lazyRouteComponent } from "@tanstack/react-router";

/** Each screen is a chunk of its own. The chef's desk brings its own messages (`messages/desk.*.json`). */
export const screens = {
  chefList: lazyRouteComponent(() => import("./guest/ChefList"), "ChefList"),
  chefPage: lazyRouteComponent(() => import("./guest/ChefPage"), "ChefPage"),
  book: lazyRouteComponent(() => import("./guest/Book"), "Book"),
  bookings: lazyRouteComponent(() => import("./guest/Bookings"), "Bookings"),
  bookingPage: lazyRouteComponent(() => import("./guest/BookingPage"), "BookingPage"),
  approvals: lazyRouteComponent(() => import("./desk/Approvals"), "Approvals"),
  desk: lazyRouteComponent(() => import("./desk/screens"), "Desk"),
};
