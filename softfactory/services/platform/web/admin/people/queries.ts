import { useQuery } from "@tanstack/react-query";
import type { ChainView, PersonDetail } from "#web/api/generated";
import { api, requestVersioned } from "#web/api/http";

export const PEOPLE = ["platform", "people"] as const;
export const AUDIT = ["platform", "audit"] as const;
export const ROLES = ["guest", "chef", "brand", "influencer", "student", "operator", "admin"] as const;
export const STATUSES = ["active", "suspended", "leaving", "erased"] as const;

export const TONE = { active: "good", suspended: "bad", leaving: "warning", erased: "neutral" } as const;

/** One person, with the version that a change must name. */
export const usePerson = (id: string) =>
  useQuery({
    queryKey: [...PEOPLE, "one", id],
    queryFn: ({ signal }) =>
      requestVersioned<PersonDetail>(`/api/users/${encodeURIComponent(id)}`, { signal }),
  });

export const useChain = (watching: boolean) =>
  useQuery({
    queryKey: [...AUDIT, "chain"],
    queryFn: ({ signal }) => api.get<ChainView>("/api/users/audit/chain", { signal }),
    refetchInterval: watching ? 1500 : false,
  });
