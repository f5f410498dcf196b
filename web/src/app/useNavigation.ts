import { allows, type NavEntry } from "#web/app/feature";
import { features } from "#web/app/features";
import { useSession } from "#web/app/session";

function useEntries(): NavEntry[] {
  const { user } = useSession();
  const roles = user?.roles ?? null;
  return features
    .flatMap((feature) => feature.nav)
    .filter((entry) => allows(entry.access, roles))
    .sort((a, b) => a.order - b.order);
}

/** The entries of the header that this person may open, in order. */
export function useNavigation(): NavEntry[] {
  return useEntries().filter((entry) => !entry.admin);
}

/** The entries of the admin area that this person may open, in order. */
export function useAdminNavigation(): NavEntry[] {
  return useEntries().filter((entry) => entry.admin);
}
