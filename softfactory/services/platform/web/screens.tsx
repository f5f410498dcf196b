import { lazyRouteComponent } from "@tanstack/react-router";

/** Each screen is a chunk of its own: a visitor of the landing page does not fetch the account page. */
export const screens = {
  landing: lazyRouteComponent(() => import("./Landing"), "Landing"),
  signIn: lazyRouteComponent(() => import("./SignIn"), "SignIn"),
  signUp: lazyRouteComponent(() => import("./SignUp"), "SignUp"),
  forgot: lazyRouteComponent(() => import("./Forgot"), "Forgot"),
  reset: lazyRouteComponent(() => import("./Reset"), "Reset"),
  account: lazyRouteComponent(() => import("./Account"), "Account"),
};
