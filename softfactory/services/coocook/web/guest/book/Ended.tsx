import { Button, Group, Text, Title } from "@mantine/core";
import { formatMoney } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { Spot } from "#web/ui/illustration/Spot";
import { ButtonLink } from "#web/ui/Link";
import type { Payment } from "../../parts/actions";
import type { Booking, Chef } from "../../parts/types";
import { useBookingWords } from "../../parts/words";
import classes from "./Outcome.module.css";
import { Refused } from "./Refused";
import type { BookFlow } from "./useBookFlow";
import { useTakeHold } from "./useHold";

interface EndedProps {
  booking: Booking;
  chef: Chef;
  payment: Payment | null;
  flow: BookFlow;
}

/** Money that came after the end went back, or is on its way; else nothing was charged at all. */
const CAME_LATE: Payment["status"][] = ["captured", "returned", "partially_refunded", "refunded"];

/** The time ran out, or was given back, before it was paid. The same time can be taken again if it is still free. */
export function Ended({ booking, chef, payment, flow }: EndedProps) {
  const { t } = useBookingWords();
  const take = useTakeHold();
  const late = payment !== null && CAME_LATE.includes(payment.status);
  const toTable = () =>
    flow.goTo({
      menu: booking.menu.id,
      party: String(booking.party),
      at: undefined,
      hold: undefined,
      booking: undefined,
    });
  const again = () =>
    take.mutate(
      {
        chef_id: booking.chef.id,
        menu_id: booking.menu.id,
        starts_at: booking.starts_at,
        party: booking.party,
      },
      {
        onSuccess: (kept) =>
          flow.goTo({
            menu: booking.menu.id,
            party: String(booking.party),
            at: booking.starts_at,
            hold: kept.id,
            booking: undefined,
          }),
      },
    );
  return (
    <section className={classes.outcome} aria-labelledby="ended">
      <div className={classes.head}>
        <Spot name="empty" />
        <div role="status">
          <Title order={2} id="ended">
            {t(booking.status === "cancelled" ? "ended.cancelled" : "hold.over")}
          </Title>
        </div>
        <Text c="dimmed">
          {late ? t("ended.late", { amount: formatMoney(payment.amount) }) : t("ended.nothing")}
        </Text>
      </div>
      <Refused error={take.error} zone={chef.zone} onChooseTime={toTable} />
      <Group justify="center" gap="sm">
        <Button onClick={again} loading={take.isPending} leftSection={<Icon name="refresh" size={18} />}>
          {t("hold.again")}
        </Button>
        <Button variant="default" onClick={toTable}>
          {t("panel.otherTime")}
        </Button>
        <ButtonLink to="/chefs" variant="subtle">
          {t("chef.others")}
        </ButtonLink>
      </Group>
    </section>
  );
}
