import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { TeamView } from "#web/api/generated";
import { api } from "#web/api/http";

export const SPACES = ["platform", "spaces"] as const;

export const useTeam = (id: string) =>
  useQuery({
    queryKey: [...SPACES, id],
    queryFn: ({ signal }) => api.get<TeamView>(`/api/users/spaces/${encodeURIComponent(id)}`, { signal }),
  });

/** After a change of a team: what was answered is what is shown, and the list is read anew. */
export function useRefreshTeams(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: SPACES });
}
