import { MutationCache, QueryClient } from "@tanstack/react-query";
import { NEEDS_PROOF } from "#web/api/http";
import { ApiError } from "#web/api/problem";
import { onSessionChange } from "#web/app/session";
import { toastProblem } from "#web/ui/toasts";

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: Error;
    /** `quiet`: the screen shows the failure itself, so no toast. */
    mutationMeta: { quiet?: boolean };
  }
}

/** Refusals will not change by asking again; silence and failures of the server may. */
function worthRepeating(failures: number, error: Error): boolean {
  const status = error instanceof ApiError ? error.status : 500;
  if (!navigator.onLine) return false;
  return failures < 2 && (status === 0 || status === 429 || status >= 500);
}

export const queryClient = new QueryClient({
  defaultOptions: {
    // `always`: without a network a screen says so, rather than showing its skeleton until there is one.
    queries: {
      staleTime: 30_000,
      retry: worthRepeating,
      refetchOnWindowFocus: true,
      refetchOnReconnect: true,
      networkMode: "always",
    },
    mutations: { retry: false, networkMode: "always" },
  },
  mutationCache: new MutationCache({
    onError: (error, _variables, _result, mutation) => {
      // Whoever closed the dialog that asks who they are knows why nothing happened.
      const declined = error instanceof ApiError && error.code === NEEDS_PROOF;
      if (!mutation.meta?.quiet && !declined) toastProblem(error);
    },
  }),
});

let seenBy: string | null | undefined;

/** What one person saw must never be shown to the next one on the same screen. */
export function clearOnChangeOfPerson(current: () => string | null): void {
  seenBy = current();
  onSessionChange(() => {
    const now = current();
    if (now === seenBy) return;
    seenBy = now;
    queryClient.clear();
  });
}
