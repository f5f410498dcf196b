import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { FormErrors } from "#web/ui/FormErrors";
import { formatMoney } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { type Payment, pay, refusedAs } from "../../parts/actions";
import { Notice } from "../../parts/Notice";
import { Policy } from "../../parts/Policy";
import { useBooking, useChef, useRefreshBookings } from "../../parts/queries";
import type { Booking } from "../../parts/types";
import { useBookingWords } from "../../parts/words";
import classes from "../Book.module.css";
import { CardChoice } from "./CardChoice";
import { Countdown } from "./Countdown";
import { TEST_CARDS, type TestCard } from "./cards";
import { draft } from "./draft";
import { Summary } from "./Summary";
import type { BookFlow } from "./useBookFlow";

/** Refusals that mean that the booking has moved on: what it is now says the rest. */
const MOVED_ON = ["payment_in_progress", "order_paid", "order_closed", "subject_gone", "twin_running"];

/** Whether the last attempt failed at the card, as opposed to not having reached it. */
const wasDeclined = (payment: Payment | null) => payment?.status === "failed";

function Declined({ code }: { code: string | null }) {
  const { t } = useBookingWords();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <Notice ref={box} tabIndex={-1} role="alert" tone="bad" icon="card" title={t("pay.declined")}>
      <span>
        {t("pay.declinedText")}
        {code ? ` (${t(`pay.code.${code}`, { defaultValue: code })})` : null}
      </span>
    </Notice>
  );
}

/**
 * Paying: the chosen card and how the last attempt went. It lives beside the form, which may give way to another screen
 * for the moment in which the booking says that it is being paid.
 */
export function usePaying() {
  const [card, choose] = useState<TestCard>(TEST_CARDS[0].key);
  const refresh = useRefreshBookings();
  const attempt = useMutation({
    mutationFn: ({ booking, key }: { booking: Booking; key: TestCard }) =>
      pay({ order_id: booking.order_id, payment_key: key, amount: booking.price.amount }),
    meta: { quiet: true },
    onSettled: () => refresh(),
  });
  return { card, choose, attempt };
}

interface PayFormProps {
  booking: Booking;
  payment: Payment | null;
  flow: BookFlow;
  paying: ReturnType<typeof usePaying>;
}

/** The sum, the policy and the card; nothing moves before the button that names the sum. */
export function PayForm({
  booking,
  payment,
  flow,
  paying: { card, choose: setCard, attempt: paying },
}: PayFormProps) {
  const { t } = useBookingWords();
  const { refetch } = useBooking(booking.id);
  const chef = useChef(booking.chef.id);
  const onOver = useCallback(() => void refetch(), [refetch]);

  const { error } = paying;
  const declined = refusedAs(error, "payment_declined") ? error : null;
  const movedOn = refusedAs(error, ...MOVED_ON);
  const silent = refusedAs(error, "no_answer");
  const declinedCode =
    typeof declined?.facts.reason === "string" ? declined.facts.reason : (payment?.failure_code ?? null);
  const send = () => paying.mutate({ booking, key: card }, { onSuccess: () => draft.drop(booking.chef.id) });

  return (
    <div className={classes.columns}>
      <div className={classes.main}>
        {booking.expires_at ? <Countdown endsAt={booking.expires_at} onOver={onOver} /> : null}
        {declined || (wasDeclined(payment) && !paying.isPending && !error) ? (
          <Declined key={paying.submittedAt} code={declinedCode} />
        ) : null}
        {silent ? (
          <Notice role="alert" tone="warning" icon="offline" title={t("pay.silent")}>
            {t("pay.silentText")}
          </Notice>
        ) : null}
        {error && !declined && !movedOn && !silent ? <FormErrors error={error} labels={{}} /> : null}
        <CardChoice
          value={card}
          onChange={setCard}
          refused={declined ? paying.variables?.key : undefined}
          disabled={paying.isPending}
        />
        <section aria-labelledby="pay-policy">
          <h2 id="pay-policy">{t("chef.policy")}</h2>
          <Policy
            policy={booking.policy}
            startsAt={booking.starts_at}
            zone={booking.zone}
            unanswered={chef.data?.instant === false}
          />
        </section>
      </div>
      <div className={classes.aside}>
        <Summary
          chef={booking.chef}
          menu={booking.menu.name}
          at={booking.starts_at}
          until={booking.ends_at}
          zone={booking.zone}
          party={booking.party}
          lines={booking.lines}
          total={booking.price}
        />
        <Button
          size="lg"
          loading={paying.isPending}
          onClick={send}
          leftSection={<Icon name="lock" size={18} />}
        >
          {t("pay.pay", { amount: formatMoney(booking.price) })}
        </Button>
        <p className={classes.calm} role="status">
          {paying.isPending ? t("pay.pending") : t("pay.calm")}
        </p>
        <Button
          variant="subtle"
          disabled={paying.isPending}
          onClick={() =>
            flow.goTo({
              menu: booking.menu.id,
              party: String(booking.party),
              at: booking.starts_at,
              booking: undefined,
              hold: booking.hold_id,
            })
          }
        >
          {t("pay.change")}
        </Button>
      </div>
    </div>
  );
}
