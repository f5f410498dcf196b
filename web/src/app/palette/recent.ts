import { recall, remember } from "#web/app/memory";
import { currentSession, onSessionChange } from "#web/app/session";
import type { IconName } from "#web/ui/icons";

const SLOT = "sf.recent";
const MOST = 8;

export interface Visit {
  path: string;
  title: string;
  icon: IconName;
}

interface Kept {
  /** Whose they are: the next person at this device must not see them. */
  who: string;
  visits: Visit[];
}

const me = (): string => currentSession().user?.id ?? "visitor";

function read(): Kept {
  try {
    const kept = JSON.parse(recall(SLOT) ?? "") as Kept;
    if (kept.who === me() && Array.isArray(kept.visits)) return kept;
  } catch {
    // Nothing yet, or not ours to read.
  }
  return { who: me(), visits: [] };
}

/** What was looked at last, the latest first. */
export const recentVisits = (): readonly Visit[] => read().visits;

export function noteVisit(visit: Visit): void {
  const { who, visits } = read();
  const others = visits.filter(({ path }) => path !== visit.path);
  remember(SLOT, JSON.stringify({ who, visits: [visit, ...others].slice(0, MOST) }));
}

/** Forget them with the session: by signing out, or when somebody else signs in. */
export function forgetVisitsWithTheirPerson(): void {
  let before: string | null = null;
  onSessionChange(() => {
    const now = currentSession();
    if (now.status === "unknown" || (now.status === "signed-out" && now.lost)) return;
    if (before !== null && before !== me()) remember(SLOT, null);
    before = me();
  });
}
