import { useMutation, useMutationState, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "#web/api/problem";
import { toastDone, toastProblem } from "#web/ui/toasts";
import { happened } from "../../parts/actions";
import { refreshBookings } from "../../parts/queries";
import type { Booking, BookingCard } from "../../parts/types";
import { move, readBooking } from "../actions";
import type { Move } from "../types";

const KEY = ["coocook", "move"];

/** The state that a move leads to. */
const BECOMES: Partial<Record<Move, Booking["status"]>> = {
  accept: "confirmed",
  decline: "declined",
  complete: "completed",
  no_show: "no_show",
};

interface Wish {
  booking: BookingCard;
  action: Move;
  reason: string;
}

/** A move that came too late, with what had happened instead. */
export interface Mishap {
  wish: Wish;
  message: string;
  /** The booking as it is now; null when even that could not be read. */
  now: Booking | null;
}

/**
 * A chef's moves. One that is under way is told by `moving`, apart from the list, so that a look at the server in the
 * meantime cannot take it back on the screen; it ends only when the list shows what became of it.
 */
export function useMoves() {
  const { t } = useTranslation("coocook/desk");
  const client = useQueryClient();
  const [mishaps, setMishaps] = useState<readonly Mishap[]>([]);
  const forget = (bookingId: string) =>
    setMishaps((all) => all.filter((each) => each.wish.booking.id !== bookingId));

  const { mutate } = useMutation({
    mutationKey: KEY,
    mutationFn: ({ booking, action, reason }: Wish) => move(booking, action, reason),
    meta: { quiet: true },
    onMutate: ({ booking }) => forget(booking.id),
    onSuccess: async (_, { booking, action }) => {
      await refreshBookings(client);
      toastDone(t(`moved.${action}`, { name: booking.guest.name }));
    },
    onError: async (error, wish) => {
      // An answer that was lost on its way back: what was wanted has happened, and is said as such.
      if (await happened(error, wish.booking.id, (now) => now.status === BECOMES[wish.action])) {
        await refreshBookings(client);
        toastDone(t(`moved.${wish.action}`, { name: wish.booking.guest.name }));
        return;
      }
      if (!(error instanceof ApiError) || error.status !== 409) {
        toastProblem(error);
        return;
      }
      const now = await readBooking(wish.booking.id).catch(() => null);
      setMishaps((all) => [...all, { wish, message: error.message, now }]);
      await refreshBookings(client);
    },
  });
  const underway = useMutationState({
    filters: { mutationKey: KEY, status: "pending" },
    select: (mutation) => mutation.state.variables as Wish,
  });
  return {
    start: (booking: BookingCard, action: Move, reason = "") => mutate({ booking, action, reason }),
    moving: (bookingId: string): Move | undefined =>
      underway.find((wish) => wish.booking.id === bookingId)?.action,
    mishaps,
    forget,
  };
}

export type Moves = ReturnType<typeof useMoves>;
