import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type HoldWish, hold } from "../../parts/actions";
import type { Hold } from "../../parts/types";

const holdKey = (wish: HoldWish) => [
  "coocook",
  "hold",
  wish.chef_id,
  wish.menu_id,
  wish.starts_at,
  wish.party,
];

/** Keep a time; what was kept is remembered for the next step. */
export function useTakeHold() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: hold,
    meta: { quiet: true },
    onSuccess: (kept: Hold, wish) => client.setQueryData(holdKey(wish), kept),
  });
}

/** The hold of the step in hand. After a reload the same wish is sent again, which finds the hold that is there. */
export function useHeld(wish: HoldWish, enabled: boolean) {
  return useQuery({
    queryKey: holdKey(wish),
    queryFn: () => hold(wish),
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    retry: false,
  });
}
