import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

export interface BookAddress {
  menu?: string;
  party?: string;
  date?: string;
  at?: string;
  extras?: string;
  /** Set from the second step on. */
  hold?: string;
  /** Set from the third step on. */
  booking?: string;
}

/** Where a booking stands is in the address: reload and the back button lead to the same step. */
export function useBookFlow() {
  const address = useSearch({ strict: false }) as BookAddress;
  const navigate = useNavigate();
  const goTo = useCallback(
    (change: Partial<BookAddress>, { replace = false } = {}) =>
      navigate({
        to: ".",
        search: ((now: Record<string, unknown>) => ({ ...now, ...change })) as never,
        replace,
      }),
    [navigate],
  );
  return { address, goTo };
}

export type BookFlow = ReturnType<typeof useBookFlow>;
