import { Select, Skeleton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { PaymentView, Stats } from "#web/api/generated";
import { api } from "#web/api/http";
import { say } from "#web/app/i18n";
import { DataTable } from "#web/ui/DataTable";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { FilterBar } from "#web/ui/FilterBar";
import { formatMoney, formatNumber } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { TextLink } from "#web/ui/Link";
import { Money } from "#web/ui/Money";
import { Page, PageHeader } from "#web/ui/Page";
import { StatusChip } from "#web/ui/StatusChip";
import { useFilters } from "#web/ui/useFilters";
import { type PageOf, usePages } from "#web/ui/usePages";
import { DayBars } from "./DayBars";
import classes from "./Money.module.css";
import { useOwner } from "./Movements";
import { CsvButton, When } from "./parts";
import rows from "./Rows.module.css";
import { PAYMENT_STATES, PAYMENT_TONE } from "./words";

export function Charts({ days }: { days: number }) {
  const { t } = useTranslation("platform/admin");
  const stats = useQuery({
    queryKey: ["admin", "stats", days],
    queryFn: ({ signal }) => api.get<Stats>("/api/payment/stats", { query: { days }, signal }),
  });
  if (stats.isPending) {
    return (
      <div className={classes.charts} role="status" aria-label={t("shell:loading")}>
        <Skeleton height={190} />
        <Skeleton height={190} />
        <Skeleton height={190} />
      </div>
    );
  }
  if (stats.isError) return <ErrorState error={stats.error} onRetry={stats.refetch} />;
  const pick = (value: (day: Stats["days"][number]) => number) =>
    stats.data.days.map((day) => ({ day: day.day, value: value(day) }));
  const money = (amount: number) => formatMoney({ amount });
  return (
    <div className={classes.charts}>
      <DayBars title={t("pay.volume", { days })} days={pick((day) => day.volume.amount)} say={money} />
      <DayBars
        title={t("pay.refunds", { days })}
        days={pick((day) => day.refunds.amount)}
        say={money}
        tone="warning"
      />
      <DayBars
        title={t("pay.failures", { days })}
        days={pick((day) => day.failed)}
        say={(count) => t("pay.count", { count, shown: formatNumber(count) })}
        tone="bad"
      />
    </div>
  );
}

const KEYS = ["q", "status", "since", "until"] as const;

/** The payments of all people. */
export function Payments() {
  const { t } = useTranslation(["platform/admin", "platform"]);
  const providerOf = useOwner();
  const filters = useFilters(KEYS);
  const { values } = filters;
  const pages = usePages<PaymentView>(["admin", "payments", values], (cursor, signal) =>
    api.get<PageOf<PaymentView>>("/api/payment/", {
      query: { ...values, everyone: true, cursor, limit: 50 },
      signal,
    }),
  );
  const search = useDebouncedCallback((text: string) => filters.set({ q: text.trim() || null }), 300);
  const query = new URLSearchParams(values as Record<string, string>).toString();
  return (
    <Page>
      <PageHeader
        title={t("pay.title")}
        text={t("pay.text")}
        actions={<CsvButton path={`/api/payment/csv?${query}`} name="payments" />}
      />
      <Charts days={30} />
      <FilterBar
        active={filters.active - (values.q ? 1 : 0)}
        onClear={() => filters.set({ status: null, since: null, until: null })}
        lead={
          <TextInput
            type="search"
            label={t("pay.search")}
            placeholder={t("pay.searchPlaceholder")}
            defaultValue={values.q ?? ""}
            leftSection={<Icon name="search" size={18} />}
            onChange={(event) => search(event.currentTarget.value)}
          />
        }
      >
        <Select
          label={t("pay.status")}
          placeholder={t("pay.anyStatus")}
          clearable
          clearButtonProps={{ "aria-label": t("pay.anyStatus") }}
          data={PAYMENT_STATES.map((value) => ({ value, label: t(`platform:payments.status.${value}`) }))}
          value={values.status ?? null}
          onChange={(status) => filters.set({ status })}
        />
        <TextInput
          type="date"
          label={t("pay.since")}
          max={values.until}
          value={values.since ?? ""}
          onChange={(event) => filters.set({ since: event.currentTarget.value || null })}
        />
        <TextInput
          type="date"
          label={t("pay.until")}
          min={values.since}
          value={values.until ?? ""}
          onChange={(event) => filters.set({ until: event.currentTarget.value || null })}
        />
      </FilterBar>
      <DataTable<PaymentView>
        caption={t("pay.title")}
        pages={pages}
        rowKey={(payment) => payment.id}
        empty={
          <EmptyState
            title={t(filters.active > 0 ? "pay.noneFound" : "pay.none")}
            text={t(filters.active > 0 ? "pay.noneFoundText" : "pay.noneText")}
          />
        }
        columns={[
          {
            key: "what",
            header: t("pay.what"),
            cell: (payment) => (
              <span className={rows.stack}>
                <TextLink to={`/admin/payments/${payment.id}`}>{say(payment.title)}</TextLink>
                <span className={rows.small}>{payment.payer?.name ?? t("pay.erased")}</span>
              </span>
            ),
          },
          {
            key: "status",
            header: t("pay.status"),
            cell: (payment) => (
              <StatusChip tone={PAYMENT_TONE[payment.status]}>
                {t(`platform:payments.status.${payment.status}`)}
              </StatusChip>
            ),
          },
          {
            key: "provider",
            header: t("pay.provider"),
            deskOnly: true,
            cell: (payment) => providerOf(payment.provider, null),
          },
          {
            key: "amount",
            header: t("pay.amount"),
            align: "right",
            cell: (payment) => (
              <span className={rows.amount}>
                <Money value={payment.amount} />
              </span>
            ),
          },
          {
            key: "at",
            header: t("pay.at"),
            align: "right",
            cell: (payment) => <When at={payment.created_at} />,
          },
        ]}
      />
    </Page>
  );
}
