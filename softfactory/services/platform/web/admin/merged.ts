import { useQuery } from "@tanstack/react-query";
import { type ServiceName, useServices } from "#web/admin/waiting";
import { api } from "#web/api/http";
import { type PageOf, usePages } from "#web/ui/usePages";

/** A row and the service that it stands in. */
export type Of<Item> = Item & { service: string };

interface Carry<Item> {
  /** Where each service goes on; null where it has been read to its end. */
  cursors: Record<string, string | null>;
  /** Rows that were read but may come after rows of another service that were not. */
  rest: Of<Item>[];
}

interface MergeWish<Item> {
  services: readonly string[];
  fetch: (service: string, cursor: string | undefined) => Promise<PageOf<Item>>;
  /** Ascending in the order of the list. */
  before: (a: Item, b: Item) => number;
}

/** The next rows of several services' lists as one list in order; a service that does not answer is named, not waited for. */
export async function mergePages<Item>(
  { services, fetch, before }: MergeWish<Item>,
  carry: Carry<Item> | undefined,
): Promise<{ items: Of<Item>[]; next: Carry<Item> | null; missing: string[] }> {
  const cursors: Record<string, string | null> = { ...carry?.cursors };
  const open = services.filter((service) => cursors[service] !== null);
  const answers = await Promise.allSettled(
    open.map((service) => fetch(service, cursors[service] ?? undefined)),
  );
  const failed = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason] : []));
  if (failed.length > 0 && failed.length === open.length) throw failed[0];
  const rows: Of<Item>[] = [...(carry?.rest ?? [])];
  const missing: string[] = [];
  let edge: Item | undefined;
  answers.forEach((answer, index) => {
    const service = open[index] as string;
    if (answer.status === "rejected") {
      missing.push(service);
      cursors[service] = null;
      return;
    }
    const { items, next_cursor } = answer.value;
    rows.push(...items.map((item) => ({ ...item, service })));
    cursors[service] = next_cursor;
    const last = items.at(-1);
    // Past the last row of a service that has more, its next rows may come in between.
    if (next_cursor && last && (edge === undefined || before(last, edge) < 0)) edge = last;
  });
  rows.sort(before);
  const safe = edge === undefined ? rows.length : rows.filter((row) => before(row, edge as Item) <= 0).length;
  const goesOn = Object.values(cursors).some((cursor) => cursor !== null) || safe < rows.length;
  return { items: rows.slice(0, safe), next: goesOn ? { cursors, rest: rows.slice(safe) } : null, missing };
}

/** A list that each service keeps for itself (`/api/<service>/admin/<path>`), read as one. `only`: one service's. */
export function useMerged<Item>(
  path: string,
  query: Record<string, string | undefined>,
  { before, only, live }: { before: (a: Item, b: Item) => number; only?: string; live?: number },
) {
  const services = useServices();
  const names = (services.data ?? []).map(({ name }) => name).filter((name) => !only || name === only);
  const pages = usePages<Of<Item>>(
    ["admin", path, names, query],
    async (cursor, signal) => {
      const fetch = (service: string, at: string | undefined) =>
        api.get<PageOf<Item>>(`/api/${service}/admin/${path}`, {
          query: { ...query, cursor: at, limit: 30 },
          signal,
        });
      const carry = cursor ? (JSON.parse(cursor) as Carry<Item>) : undefined;
      const { items, next, missing } = await mergePages({ services: names, fetch, before }, carry);
      return { items, next_cursor: next ? JSON.stringify(next) : null, missing };
    },
    { enabled: names.length > 0, live },
  );
  const missing = new Set(
    (pages.data?.pages ?? []).flatMap((page) => (page as { missing?: string[] }).missing ?? []),
  );
  const failed = services.error ?? pages.error;
  return {
    ...pages,
    // No service, no rows: nothing is waited for.
    isPending: !failed && (services.isPending || (names.length > 0 && pages.isPending)),
    isSuccess: pages.isSuccess || (services.isSuccess && names.length === 0),
    error: failed,
    refetch: () => (services.error ? services.refetch() : pages.refetch()),
    missing: (services.data ?? []).filter(({ name }) => missing.has(name)),
    services: services.data ?? [],
  };
}

/** One thing of one service's admin routes. */
export function useOne<Item>(
  service: string,
  path: string,
  { live }: { live?: (item: Item | undefined) => number | false } = {},
) {
  return useQuery({
    queryKey: ["admin", "one", service, path],
    queryFn: ({ signal }) => api.get<Item>(`/api/${service}/admin/${path}`, { signal }),
    refetchInterval: live ? (query) => live(query.state.data as Item | undefined) : false,
  });
}

export const newestFirst = (a: { id: string }, b: { id: string }): number =>
  a.id < b.id ? 1 : a.id > b.id ? -1 : 0;

export const named = (services: readonly ServiceName[], name: string): ServiceName | undefined =>
  services.find((service) => service.name === name);
