import { lazyRouteComponent } from "@tanstack/react-router";
import i18next from "i18next";

/** A screen of a part with messages of its own (`messages/admin.*.json`): both arrive together. */
const withWords =
  <Module,>(part: string, load: () => Promise<Module>) =>
  async (): Promise<Module> => {
    const [module] = await Promise.all([load(), i18next.loadNamespaces(`platform/${part}`)]);
    return module;
  };

/** Each screen is a chunk of its own: a visitor of the landing page does not fetch the account page. */
export const screens = {
  landing: lazyRouteComponent(() => import("./Landing"), "Landing"),
  signIn: lazyRouteComponent(() => import("./SignIn"), "SignIn"),
  signUp: lazyRouteComponent(() => import("./SignUp"), "SignUp"),
  forgot: lazyRouteComponent(() => import("./Forgot"), "Forgot"),
  reset: lazyRouteComponent(() => import("./Reset"), "Reset"),
  account: lazyRouteComponent(() => import("./Account"), "Account"),
  invitation: lazyRouteComponent(
    withWords("rights", () => import("./rights/Invitation")),
    "Invitation",
  ),
  adminPeople: lazyRouteComponent(
    withWords("people", () => import("./admin/people/People")),
    "People",
  ),
  adminPerson: lazyRouteComponent(
    withWords("people", () => import("./admin/people/Person")),
    "Person",
  ),
  adminAudit: lazyRouteComponent(
    withWords("people", () => import("./admin/people/Audit")),
    "Audit",
  ),
  adminHome: lazyRouteComponent(
    withWords("admin", () => import("./admin/Home")),
    "Home",
  ),
};
