import { lazyRouteComponent } from "@tanstack/react-router";
import i18next from "i18next";

/** A screen of a part with messages of its own (`messages/booking.*.json`): both arrive together. */
const withWords =
  <Module,>(part: string, load: () => Promise<Module>) =>
  async (): Promise<Module> => {
    const [module] = await Promise.all([load(), i18next.loadNamespaces(`coocook/${part}`)]);
    return module;
  };

/** Each screen is a chunk of its own. */
export const screens = {
  chefList: lazyRouteComponent(() => import("./guest/ChefList"), "ChefList"),
  chefPage: lazyRouteComponent(() => import("./guest/ChefPage"), "ChefPage"),
  book: lazyRouteComponent(
    withWords("booking", () => import("./guest/Book")),
    "Book",
  ),
  bookings: lazyRouteComponent(
    withWords("booking", () => import("./guest/Bookings")),
    "Bookings",
  ),
  bookingPage: lazyRouteComponent(
    withWords("booking", () => import("./guest/BookingPage")),
    "BookingPage",
  ),
  approvals: lazyRouteComponent(
    withWords("desk", () => import("./desk/Approvals")),
    "Approvals",
  ),
  desk: lazyRouteComponent(
    withWords("desk", () => import("./desk/screens")),
    "Desk",
  ),
};
