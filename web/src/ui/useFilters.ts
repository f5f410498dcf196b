import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";

export type Filters<Key extends string> = Partial<Record<Key, string>>;

interface FilterState<Key extends string> {
  values: Filters<Key>;
  /** How many are set. */
  active: number;
  set: (change: Partial<Record<Key, string | null | undefined>>) => void;
  clear: () => void;
}

/** Filters that live in the address: shareable, and kept by the back button. Others' parameters are left alone. */
export function useFilters<Key extends string>(names: readonly Key[]): FilterState<Key> {
  // The names of the first render count: callers write them out anew each time, but never other ones.
  const [keys] = useState(names);
  const search = useSearch({ strict: false }) as Record<string, string | undefined>;
  const navigate = useNavigate();

  const values = useMemo(() => {
    const own: Filters<Key> = {};
    for (const key of keys) if (search[key]) own[key] = search[key];
    return own;
  }, [search, keys]);

  const set = useCallback(
    (change: Partial<Record<Key, string | null | undefined>>) => {
      void navigate({
        to: ".",
        search: ((now: Record<string, unknown>) => ({ ...now, ...change })) as never,
        replace: true,
        resetScroll: false,
      });
    },
    [navigate],
  );

  const clear = useCallback(() => {
    set(Object.fromEntries(keys.map((key) => [key, undefined])) as Filters<Key>);
  }, [set, keys]);

  return { values, active: Object.keys(values).length, set, clear };
}

/** A filter of several values in one parameter: `cuisines=korean,temple`. */
export const many = {
  read: (value: string | undefined): string[] => (value ? value.split(",").filter(Boolean) : []),
  write: (values: readonly string[]): string | undefined =>
    values.length > 0 ? values.join(",") : undefined,
};
