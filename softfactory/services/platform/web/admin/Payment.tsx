import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { PaymentBooks, PaymentDetail } from "#web/api/generated";
import { api } from "#web/api/http";
import { say } from "#web/app/i18n";
import { ErrorState } from "#web/ui/ErrorState";
import { formatMoney } from "#web/ui/format";
import { Money } from "#web/ui/Money";
import { Page, PageHeader } from "#web/ui/Page";
import { PageSkeleton, RowsSkeleton } from "#web/ui/Skeletons";
import { StatusChip } from "#web/ui/StatusChip";
import { Timeline } from "#web/ui/Timeline";
import { useFilters } from "#web/ui/useFilters";
import { ZonedTime } from "#web/ui/ZonedTime";
import classes from "./Money.module.css";
import { Movements, useOwner } from "./Movements";
import { Block, Facts, Id, useMayAct, When } from "./parts";
import { RefundDialog } from "./RefundDialog";
import { PAYMENT_TONE } from "./words";

const MOVING = new Set(["pinning", "capturing", "unknown"]);

function Word({ books }: { books: PaymentBooks }) {
  const { t } = useTranslation("platform/admin");
  const { provider } = books;
  if (!provider.answered) return <p className={classes.quiet}>{t("pay.providerSilent")}</p>;
  if (provider.state === null) return <p className={classes.quiet}>{t("pay.providerKnowsNothing")}</p>;
  return (
    <Facts
      facts={[
        [t("pay.providerState"), t(`pay.providerStates.${provider.state}`)],
        [t("pay.captured"), provider.amount ? <Money key="a" value={provider.amount} /> : t("none")],
        [t("pay.givenBack"), provider.cancelled ? <Money key="c" value={provider.cancelled} /> : t("none")],
        [t("pay.reference"), provider.reference ? <Id key="r" value={provider.reference} /> : t("none")],
        ...(provider.code ? [[t("pay.code"), provider.code] as [string, string]] : []),
      ]}
    />
  );
}

function Refunds({ payment }: { payment: PaymentDetail }) {
  const { t } = useTranslation("platform/admin");
  if (payment.refunds.length === 0) return <p className={classes.quiet}>{t("refund.none")}</p>;
  return (
    <ol className={classes.list}>
      {payment.refunds.map((refund) => (
        <li key={refund.id} className={classes.movement}>
          <div className={classes.movementHead}>
            <strong>
              <Money value={refund.amount} />
            </strong>
            <StatusChip
              tone={refund.status === "done" ? "good" : refund.status === "refused" ? "bad" : "waiting"}
            >
              {t(`refund.status.${refund.status}`)}
            </StatusChip>
          </div>
          <p className={classes.quiet}>
            {t(`refund.source.${refund.source}`)} · {refund.reason} ·{" "}
            <When at={refund.done_at ?? refund.created_at} />
          </p>
        </li>
      ))}
    </ol>
  );
}

function Whole({ payment }: { payment: PaymentDetail }) {
  const { t } = useTranslation(["platform/admin", "platform"]);
  const providerOf = useOwner();
  const mayAct = useMayAct();
  const { values, set } = useFilters(["open"] as const);
  const books = useQuery({
    queryKey: ["admin", "books", payment.id, payment.status],
    queryFn: ({ signal }) => api.get<PaymentBooks>(`/api/payment/${payment.id}/books`, { signal }),
  });
  const left = payment.captured.amount - payment.refunded.amount;
  const mayRefund = mayAct && left > 0 && !MOVING.has(payment.status);
  const told = (facts: Record<string, unknown>) =>
    [
      typeof facts.amount === "number" ? formatMoney({ amount: facts.amount }) : null,
      typeof facts.code === "string" ? facts.code : null,
      typeof facts.source === "string" ? t(`refund.source.${facts.source}`, facts.source) : null,
    ]
      .filter(Boolean)
      .join(" · ");
  return (
    <>
      <PageHeader
        title={say(payment.title)}
        back={{ to: "/admin/payments", label: t("pay.title") }}
        text={
          <StatusChip tone={PAYMENT_TONE[payment.status]}>
            {t(`platform:payments.status.${payment.status}`)}
          </StatusChip>
        }
        actions={
          mayRefund ? <Button onClick={() => set({ open: "refund" })}>{t("refund.open")}</Button> : null
        }
      />
      <Block title={t("pay.facts")}>
        <Facts
          facts={[
            [t("pay.amount"), <Money key="amount" value={payment.amount} />],
            [t("pay.captured"), <Money key="captured" value={payment.captured} />],
            [t("pay.givenBack"), <Money key="refunded" value={payment.refunded} />],
            [t("pay.payer"), payment.payer?.name ?? t("pay.erased")],
            [t("pay.email"), payment.payer?.email ?? t("none")],
            [t("pay.provider"), providerOf(payment.provider, null)],
            [t("pay.at"), <ZonedTime key="at" at={payment.created_at} />],
            [
              t("pay.settled"),
              payment.settled_at ? <ZonedTime key="settled" at={payment.settled_at} /> : t("none"),
            ],
            ...(payment.failure_code ? [[t("pay.code"), payment.failure_code] as [string, string]] : []),
            [t("pay.id"), <Id key="id" value={payment.id} />],
            [t("pay.order"), <Id key="order" value={payment.order_id} />],
          ]}
        />
      </Block>
      <Block title={t("pay.timeline")}>
        <Timeline
          entries={payment.timeline.map((entry, index) => ({
            id: `${entry.at} ${index}`,
            at: entry.at,
            title: t(`pay.event.${entry.kind}`, entry.kind),
            text: told(entry.facts),
          }))}
        />
      </Block>
      <Block title={t("pay.providerView")}>
        {books.isPending ? <RowsSkeleton count={1} height={48} /> : null}
        {books.isError ? <ErrorState order={3} error={books.error} onRetry={books.refetch} /> : null}
        {books.data ? <Word books={books.data} /> : null}
      </Block>
      <Block title={t("pay.movements")}>
        {books.isPending ? <RowsSkeleton count={2} height={72} /> : null}
        {books.data ? <Movements movements={books.data.movements} /> : null}
      </Block>
      <Block title={t("pay.refundsOf")}>
        <Refunds payment={payment} />
      </Block>
      {values.open === "refund" && mayRefund ? (
        <RefundDialog payment={payment} onClose={() => set({ open: null })} />
      ) : null}
    </>
  );
}

/** One payment: what happened, what the provider says, what the ledger says, what went back. */
export function Payment() {
  const { paymentId = "" } = useParams({ strict: false }) as { paymentId?: string };
  const payment = useQuery({
    queryKey: ["admin", "payment", paymentId],
    queryFn: ({ signal }) => api.get<PaymentDetail>(`/api/payment/${paymentId}`, { signal }),
    refetchInterval: (query) => (query.state.data && MOVING.has(query.state.data.status) ? 3_000 : false),
  });
  return (
    <Page title={payment.data ? say(payment.data.title) : undefined}>
      {payment.isPending ? <PageSkeleton /> : null}
      {payment.isError && !payment.data ? (
        <ErrorState order={1} error={payment.error} onRetry={payment.refetch} />
      ) : null}
      {payment.data ? <Whole payment={payment.data} /> : null}
    </Page>
  );
}
