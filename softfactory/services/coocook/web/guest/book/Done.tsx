import { Group, Text, Title } from "@mantine/core";
import { useEffect, useRef } from "react";
import { formatMoney, formatTime } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { Spot } from "#web/ui/illustration/Spot";
import { ButtonLink } from "#web/ui/Link";
import { ZonedTime } from "#web/ui/ZonedTime";
import type { Booking } from "../../parts/types";
import { useBookingWords } from "../../parts/words";
import classes from "./Outcome.module.css";

/** Paid: what is certain, and what happens next. */
export function Done({ booking }: { booking: Booking }) {
  const { t } = useBookingWords();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const confirmed = booking.status === "confirmed";
  const name = booking.chef.name;
  return (
    <section className={classes.outcome} aria-labelledby="done">
      <div className={classes.head}>
        <Spot name="done" />
        <Title order={2} id="done" ref={title} tabIndex={-1}>
          {t(confirmed ? "done.confirmed" : "done.requested")}
        </Title>
        <Text c="dimmed">
          {name} · <ZonedTime at={booking.starts_at} until={booking.ends_at} zone={booking.zone} />
        </Text>
      </div>
      <ol className={classes.points}>
        <li>
          <Icon name="check" /> {t("done.paid", { amount: formatMoney(booking.price) })}
        </li>
        {confirmed ? null : (
          <li>
            <Icon name="clock" />
            {booking.expires_at
              ? t("done.answerBy", { name, time: formatTime(booking.expires_at, { zone: booking.zone }) })
              : t("done.answerSoon", { name })}
          </li>
        )}
        <li>
          <Icon name="mail" /> {t("done.mail")}
        </li>
        <li>
          <Icon name="chefHat" /> {t("done.day", { name })}
        </li>
      </ol>
      <Group justify="center" gap="sm">
        <ButtonLink to={`/bookings/${booking.id}`}>{t("done.see")}</ButtonLink>
        <ButtonLink to="/chefs" variant="default">
          {t("chef.others")}
        </ButtonLink>
      </Group>
    </section>
  );
}
