import { allows, type Role } from "#web/app/feature";
import { features } from "#web/app/features";
import type { IconName } from "#web/ui/icons";

/** The roles with something to do today; the API knows the others already, whose businesses are coming. */
export const ROLES: readonly { role: Role; icon: IconName }[] = [
  { role: "guest", icon: "user" },
  { role: "chef", icon: "chefHat" },
  { role: "admin", icon: "shield" },
];

/** Where a role's day starts: the first place in the menu that is theirs alone, else the first open business. */
export function startOf(role: Role): string {
  const own = features
    .flatMap((feature) => feature.nav)
    .filter((entry) => Array.isArray(entry.access) && allows(entry.access, [role]))
    .sort((a, b) => a.order - b.order)[0];
  const open = features.find((feature) => feature.home)?.home ?? "/account";
  return role === "guest" ? open : (own?.path ?? open);
}
