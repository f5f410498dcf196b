import { Code, Loader, Stack, Text, Title } from "@mantine/core";
import { useEffect, useState } from "react";
import { Icon } from "#web/ui/icons";
import { ButtonLink } from "#web/ui/Link";
import type { Payment } from "../../parts/actions";
import type { Booking } from "../../parts/types";
import { useBookingWords } from "../../parts/words";
import classes from "./Outcome.module.css";

const LONG_MS = 30_000;

/** The outcome is not known. Says exactly that, asks nobody to pay again, and turns into the outcome by itself. */
export function Checking({ booking, payment }: { booking: Booking; payment: Payment | null }) {
  const { t } = useBookingWords();
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <section className={classes.outcome} aria-labelledby="checking">
      <Stack align="center" ta="center" gap="sm">
        <Loader size="lg" aria-hidden="true" />
        <div role="status">
          <Title order={2} id="checking" mt="sm">
            {t("checking.title")}
          </Title>
        </div>
        <Text c="dimmed" maw={480}>
          {t("checking.text")}
        </Text>
      </Stack>
      <ul className={classes.points}>
        <li>
          <Icon name="card" /> {t("checking.doNotPay")}
        </li>
        <li>
          <Icon name="calendar" /> {t("checking.kept")}
        </li>
        <li>
          <Icon name="mail" /> {t("checking.leave")}
        </li>
      </ul>
      <p className={classes.long} role="status">
        {long ? t("checking.long") : ""}
      </p>
      <Stack align="center" gap="xs">
        <ButtonLink to={`/bookings/${booking.id}`} variant="default">
          {t("done.see")}
        </ButtonLink>
        {payment ? (
          <Text size="xs" c="dimmed">
            {t("checking.reference")} <Code>{payment.id}</Code>
          </Text>
        ) : null}
      </Stack>
    </section>
  );
}
