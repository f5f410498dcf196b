import { lazyRouteComponent } from "@tanstack/react-router";
import i18next from "i18next";

/** A screen of parts with messages of their own (`messages/booking.*.json`): all arrive together. */
const withWords =
  <Module,>(parts: string | readonly string[], load: () => Promise<Module>) =>
  async (): Promise<Module> => {
    const names = [parts].flat().map((part) => `coocook/${part}`);
    const [module] = await Promise.all([load(), i18next.loadNamespaces(names)]);
    return module;
  };

/** Each screen is a chunk of its own. */
export const screens = {
  chefList: lazyRouteComponent(() => import("./guest/ChefList"), "ChefList"),
  chefPage: lazyRouteComponent(
    withWords("care", () => import("./guest/ChefPage")),
    "ChefPage",
  ),
  book: lazyRouteComponent(
    withWords("booking", () => import("./guest/Book")),
    "Book",
  ),
  bookings: lazyRouteComponent(
    withWords(["booking", "care"], () => import("./guest/Bookings")),
    "Bookings",
  ),
  bookingPage: lazyRouteComponent(
    withWords(["booking", "care"], () => import("./guest/BookingPage")),
    "BookingPage",
  ),
  approvals: lazyRouteComponent(
    withWords("desk", () => import("./desk/Approvals")),
    "Approvals",
  ),
  desk: lazyRouteComponent(
    withWords(["desk", "care"], () => import("./desk/screens")),
    "Desk",
  ),
  disputes: lazyRouteComponent(
    withWords("care", () => import("./admin/Disputes")),
    "Disputes",
  ),
  dispute: lazyRouteComponent(
    withWords("care", () => import("./admin/DisputePage")),
    "DisputePage",
  ),
  reviewQueue: lazyRouteComponent(
    withWords("care", () => import("./admin/ReviewQueue")),
    "ReviewQueue",
  ),
};
