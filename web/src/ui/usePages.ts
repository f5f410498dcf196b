import { type QueryKey, useInfiniteQuery } from "@tanstack/react-query";

export interface PageOf<Item> {
  items: Item[];
  next_cursor: string | null;
}

/** A list that the API gives in pages by cursor, flattened. */
export function usePages<Item>(
  queryKey: QueryKey,
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<PageOf<Item>>,
  {
    enabled = true,
    keepPrevious = true,
    live,
  }: { enabled?: boolean; keepPrevious?: boolean; live?: number } = {},
) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPrevious ? (before) => before : undefined,
    enabled,
    refetchInterval: live ?? false,
  });
  return { ...query, items: query.data?.pages.flatMap((page) => page.items) ?? [] };
}
