import { type ComponentType, lazy } from "react";

interface AccountTab {
  /** In the address (`/account?tab=sessions`), and the key of its label: `account.tab.sessions`. */
  name: string;
  Content: ComponentType;
}

/** The tabs of the account page, in order. Each is a chunk of its own: add a line here and a label in the messages. */
export const tabs: readonly AccountTab[] = [
  { name: "profile", Content: lazy(() => import("./Profile").then((m) => ({ default: m.Profile }))) },
  { name: "security", Content: lazy(() => import("./Security").then((m) => ({ default: m.Security }))) },
  { name: "sessions", Content: lazy(() => import("./Sessions").then((m) => ({ default: m.Sessions }))) },
  { name: "payments", Content: lazy(() => import("./Payments").then((m) => ({ default: m.Payments }))) },
  { name: "keys", Content: lazy(() => import("./rights/Keys").then((m) => ({ default: m.Keys }))) },
  { name: "teams", Content: lazy(() => import("./rights/Teams").then((m) => ({ default: m.Teams }))) },
  { name: "data", Content: lazy(() => import("./rights/Data").then((m) => ({ default: m.Data }))) },
];
