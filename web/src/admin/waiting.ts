import { useQueries, useQuery } from "@tanstack/react-query";
import type { Waiting } from "#web/api/generated";
import { api } from "#web/api/http";
import type { Text } from "#web/app/feature";

export interface ServiceName {
  name: string;
  title: Text;
}

/** The services of this platform. Each answers for its own jobs, events, letters and health. */
export function useServices() {
  return useQuery({
    queryKey: ["admin", "services"],
    queryFn: ({ signal }) => api.get<{ items: ServiceName[] }>("/api/platform/admin/services", { signal }),
    select: (answer) => answer.items,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** How much of each kind waits, summed over the services that answered; `missing` names those that did not. */
export function useWaiting() {
  const services = useServices();
  const listed = services.data ?? [];
  return useQueries({
    queries: listed.map(({ name }) => ({
      queryKey: ["admin", "waiting", name],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.get<Waiting>(`/api/${name}/admin/waiting`, { signal }),
      refetchInterval: 30_000,
    })),
    combine: (answers) => {
      const counts: Record<string, number> = {};
      const byService: Record<string, Record<string, number>> = {};
      answers.forEach((answer, index) => {
        const service = listed[index]?.name ?? "";
        for (const { kind, count } of answer.data?.items ?? []) {
          counts[kind] = (counts[kind] ?? 0) + count;
          byService[kind] = { ...byService[kind], [service]: count };
        }
      });
      return {
        counts,
        byService,
        isPending: services.isPending || answers.some((answer) => answer.isPending),
        error: services.error,
        missing: listed.filter((_, index) => answers[index]?.isError),
        refetch: () => Promise.all([services.refetch(), ...answers.map((answer) => answer.refetch())]),
      };
    },
  });
}
