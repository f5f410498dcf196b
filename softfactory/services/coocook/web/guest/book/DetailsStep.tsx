import { Button, Skeleton, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useMemo, useState } from "react";
import { fieldErrors } from "#web/api/problem";
import { useSession } from "#web/app/session";
import { Icon } from "#web/ui/icons";
import { Steps } from "#web/ui/Steps";
import { toastInfo } from "#web/ui/toasts";
import { type BookingWish, book, refusedAs } from "../../parts/actions";
import { conflicts } from "../../parts/allergy";
import { refreshBookings } from "../../parts/queries";
import { billOf } from "../../parts/sum";
import type { Booking, Chef, Menu } from "../../parts/types";
import { useBookingWords } from "../../parts/words";
import classes from "../Book.module.css";
import { useTable } from "../useTable";
import { Allergies } from "./Allergies";
import { Countdown } from "./Countdown";
import { type Details, draft } from "./draft";
import { Refused } from "./Refused";
import { SignInFirst } from "./SignInFirst";
import { Summary } from "./Summary";
import type { BookFlow } from "./useBookFlow";
import { useHeld } from "./useHold";

const NOTE_LENGTH = 1000;

/** Whether a booking that the hold already has is the one that is wanted now. */
function fits(booking: Booking, wish: BookingWish, total: number): boolean {
  const same = [...booking.allergens].sort().join() === [...wish.allergens].sort().join();
  return same && booking.note === wish.note.trim() && booking.price.amount === total;
}

/** Step two: what the table needs. The time is kept meanwhile, and the clock says how long. */
export function DetailsStep({ chef, menus, flow }: { chef: Chef; menus: readonly Menu[]; flow: BookFlow }) {
  const { t } = useBookingWords();
  const client = useQueryClient();
  const session = useSession();
  const { menu, party, at = "", extras } = useTable(menus);
  const signedIn = session.status === "signed-in";
  const wish = { chef_id: chef.id, menu_id: menu?.id ?? "", starts_at: at, party };
  const held = useHeld(wish, signedIn && !!menu);
  const [details, setDetails] = useState<Details>(() => draft.read(chef.id));
  const [missing, setMissing] = useState(false);

  const change = (part: Partial<Details>) => {
    const next = { ...details, ...part };
    setDetails(next);
    draft.keep(chef.id, next);
  };

  // After a reload the old hold may be over; the new one is said, and stands in the address.
  const heldId = held.data?.id;
  const { hold: holdInAddress } = flow.address;
  useEffect(() => {
    if (!heldId || heldId === holdInAddress) return;
    if (holdInAddress) toastInfo(t("hold.renewed"));
    void flow.goTo({ hold: heldId }, { replace: true });
  }, [heldId, holdInAddress, flow.goTo, t]);

  const met = useMemo(() => conflicts(menu?.dishes ?? [], details.allergens), [menu, details.allergens]);
  const total = menu ? billOf(menu, party, extras) : null;

  const booking = useMutation({
    mutationFn: (asked: BookingWish) =>
      book(asked, wish, (made) => fits(made, asked, total?.total.amount ?? 0)),
    meta: { quiet: true },
    onSuccess: async (made) => {
      void refreshBookings(client);
      await flow.goTo({ booking: made.id, hold: made.hold_id });
      // Coming back asks for the hold anew: the booking may have come with another one.
      client.removeQueries({ queryKey: ["coocook", "hold"] });
    },
  });

  if (!menu || !total) return null;
  const toTable = () => flow.goTo({ hold: undefined, booking: undefined });
  const again = () => {
    booking.reset();
    void held.refetch();
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    const heedless = met.length > 0 && !details.acknowledged;
    setMissing(heedless);
    if (heedless) {
      document.getElementById("acknowledge_allergens")?.focus();
      return;
    }
    if (!held.data) return;
    booking.mutate({
      hold_id: held.data.id,
      allergens: details.allergens,
      acknowledge_allergens: met.length > 0 && details.acknowledged,
      note: details.note,
      extras: Object.entries(extras)
        .filter(([, quantity]) => quantity > 0)
        .map(([code, quantity]) => ({ code, quantity })),
    });
  };
  const errors = fieldErrors(booking.error);
  const over = refusedAs(booking.error, "hold_ended", "no_such_hold");

  return (
    <>
      <Steps
        labels={[t("book.step.table"), t("book.step.details"), t("book.step.pay")]}
        current={1}
        onGoTo={toTable}
      />
      <form onSubmit={send} noValidate className={classes.columns}>
        <div className={classes.main}>
          {!signedIn ? <SignInFirst /> : null}
          {signedIn && held.isPending ? <Skeleton height={52} /> : null}
          {held.isError ? <Refused error={held.error} zone={chef.zone} onChooseTime={toTable} /> : null}
          {held.data ? (
            <Countdown
              endsAt={over ? new Date(0).toISOString() : held.data.expires_at}
              onAgain={again}
              pending={held.isFetching}
            />
          ) : null}
          <Allergies
            value={details.allergens}
            onChange={(allergens) => change({ allergens, acknowledged: false })}
            conflicts={met}
            acknowledged={details.acknowledged}
            onAcknowledge={(acknowledged) => {
              setMissing(false);
              change({ acknowledged });
            }}
            error={missing ? t("details.acknowledgeFirst") : errors.acknowledge_allergens}
          />
          <section aria-labelledby="note-title">
            <h2 id="note-title">{t("details.note")}</h2>
            <Textarea
              id="note"
              aria-labelledby="note-title"
              description={t("details.noteText")}
              placeholder={t("details.noteHint")}
              autosize
              minRows={3}
              maxRows={10}
              maxLength={NOTE_LENGTH}
              value={details.note}
              onChange={(event) => change({ note: event.currentTarget.value })}
              error={errors.note}
            />
          </section>
        </div>
        <div className={classes.aside}>
          <Summary
            chef={chef}
            menu={menu.name}
            at={at}
            until={held.data?.ends_at}
            zone={chef.zone}
            party={party}
            lines={total.lines}
            total={total.total}
          />
          {!over ? (
            <Refused
              error={booking.error}
              zone={chef.zone}
              labels={{ note: t("details.note"), acknowledge_allergens: t("details.allergies") }}
              onChooseTime={toTable}
            />
          ) : null}
          <Button
            type="submit"
            loading={booking.isPending}
            disabled={!held.data}
            rightSection={<Icon name="arrowRight" size={18} />}
          >
            {t("details.next")}
          </Button>
          <p className={classes.calm}>{t("details.nextText")}</p>
        </div>
      </form>
    </>
  );
}
