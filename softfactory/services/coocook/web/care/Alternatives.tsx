import { Button, SimpleGrid } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { FormErrors } from "#web/ui/FormErrors";
import { formatMoney, formatTime } from "#web/ui/format";
import { ChefTile } from "../guest/ChefTile";
import { hold, refusedAs } from "../parts/actions";
import { Notice } from "../parts/Notice";
import { refreshBookings } from "../parts/queries";
import type { Booking } from "../parts/types";
import classes from "./Care.module.css";
import { useCareWords } from "./words";

type Alternative = NonNullable<Booking["alternatives"]>[number];

interface AlternativesProps {
  booking: Booking;
  className?: string | undefined;
}

/** Chefs who are free at the very time that was lost: one click holds it, and booking goes on from there. */
export function Alternatives({ booking, className }: AlternativesProps) {
  const { t } = useCareWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { alternatives = [] } = booking;
  const wishOf = (chef: Alternative) => ({
    chef_id: chef.id,
    menu_id: chef.menu.id,
    starts_at: chef.starts_at,
    party: booking.party,
  });
  const taking = useMutation({
    mutationFn: (chef: Alternative) => hold(wishOf(chef)),
    meta: { quiet: true },
    onSuccess: (kept, chef) =>
      navigate({
        to: `/chefs/${chef.id}/book`,
        search: {
          menu: chef.menu.id,
          party: String(booking.party),
          at: kept.starts_at,
          hold: kept.id,
        } as never,
      }),
    // Whoever is not free any more leaves the list.
    onError: () => void refreshBookings(client),
  });
  const lost = refusedAs(taking.error, "slot_taken", "notice_too_short", "slot_not_offered");
  if (alternatives.length === 0 && !taking.isError) return null;
  return (
    <section aria-labelledby="alternatives" className={className}>
      <h2 id="alternatives">{t("alternatives.title")}</h2>
      <p>{t("alternatives.text", { time: formatTime(booking.starts_at, { zone: booking.zone }) })}</p>
      {lost ? (
        <Notice role="alert" tone="warning" icon="clock">
          {t("alternatives.lost")}
        </Notice>
      ) : (
        <FormErrors error={taking.error} labels={{}} />
      )}
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="lg" mt="md">
        {alternatives.map((chef) => (
          <div key={chef.id} className={classes.tile}>
            <ChefTile
              chef={chef}
              order={3}
              search={{
                party: String(booking.party),
                menu: chef.menu.id,
                date: booking.local_start.slice(0, 10),
                at: chef.starts_at,
              }}
            />
            <div className={classes.offer}>
              <p>{t("alternatives.menu", { menu: chef.menu.name, price: formatMoney(chef.menu.price) })}</p>
              <Button
                loading={taking.isPending && taking.variables?.id === chef.id}
                disabled={taking.isPending}
                onClick={() => taking.mutate(chef)}
              >
                {t("alternatives.hold")}
              </Button>
            </div>
          </div>
        ))}
      </SimpleGrid>
    </section>
  );
}
