import { Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { AccountView, Proof } from "#web/api/generated";
import { api } from "#web/api/http";
import { DataTable } from "#web/ui/DataTable";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { FilterBar } from "#web/ui/FilterBar";
import { formatNumber } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { TextLink } from "#web/ui/Link";
import { Page, PageHeader } from "#web/ui/Page";
import { RowsSkeleton } from "#web/ui/Skeletons";
import { StatusChip } from "#web/ui/StatusChip";
import { useFilters } from "#web/ui/useFilters";
import { type PageOf, usePages } from "#web/ui/usePages";
import classes from "./Money.module.css";
import { signed, useOwner } from "./Movements";
import { Block, Id, When } from "./parts";
import rows from "./Rows.module.css";

const KINDS = ["provider_clearing", "escrow", "refunding", "wallet", "platform_fee", "discrepancy"] as const;

function Proven() {
  const { t } = useTranslation("platform/admin");
  const proof = useQuery({
    queryKey: ["admin", "proof"],
    queryFn: ({ signal }) => api.get<Proof>("/api/payment/ledger/proof", { signal }),
  });
  return (
    <Block
      title={t("ledger.proof")}
      actions={
        proof.data ? (
          <StatusChip tone={proof.data.ok ? "good" : "bad"}>
            {t(proof.data.ok ? "ledger.ok" : "ledger.notOk")}
          </StatusChip>
        ) : null
      }
    >
      {proof.isPending ? <RowsSkeleton count={2} height={56} /> : null}
      {proof.isError ? <ErrorState order={3} error={proof.error} onRetry={proof.refetch} /> : null}
      {proof.data ? (
        <>
          <p className={classes.quiet}>
            {t("ledger.proofText", {
              movements: formatNumber(proof.data.movements),
              entries: formatNumber(proof.data.entries),
              sum: signed(proof.data.sum.amount),
            })}
          </p>
          {proof.data.unbalanced.map((id) => (
            <p key={id}>
              <TextLink to={`/admin/ledger/movements/${id}`}>{t("ledger.unbalanced")}</TextLink>{" "}
              <Id value={id} />
            </p>
          ))}
          {proof.data.drifted.map((id) => (
            <p key={id}>
              <TextLink to={`/admin/ledger/${id}`}>{t("ledger.drifted")}</TextLink> <Id value={id} />
            </p>
          ))}
          <ul className={classes.entries}>
            {proof.data.by_kind.map((total) => (
              <li key={total.kind}>
                <span>
                  {t("ledger.kindCount", {
                    kind: t(`ledger.kind.${total.kind}`),
                    shown: formatNumber(total.accounts),
                  })}
                </span>
                <span>{signed(total.balance.amount)}</span>
              </li>
            ))}
            <li>
              <strong>{t("ledger.sum")}</strong>
              <span>
                <strong>{signed(proof.data.sum.amount)}</strong>
              </span>
            </li>
          </ul>
        </>
      ) : null}
    </Block>
  );
}

/** The one ledger: that it sums to zero, and every account in it. */
export function Ledger() {
  const { t } = useTranslation("platform/admin");
  const ownerOf = useOwner();
  const filters = useFilters(["kind", "q"] as const);
  const { kind, q } = filters.values;
  const pages = usePages<AccountView>(["admin", "accounts", kind, q], (cursor, signal) =>
    api.get<PageOf<AccountView>>("/api/payment/ledger/accounts", {
      query: { kind, q, cursor, limit: 50 },
      signal,
    }),
  );
  const search = useDebouncedCallback((text: string) => filters.set({ q: text.trim() || null }), 300);
  return (
    <Page>
      <PageHeader title={t("ledger.title")} text={t("ledger.text")} />
      <Proven />
      <Block title={t("ledger.accounts")}>
        <FilterBar
          active={kind ? 1 : 0}
          onClear={() => filters.set({ kind: null })}
          lead={
            <TextInput
              type="search"
              label={t("ledger.search")}
              placeholder={t("ledger.searchPlaceholder")}
              defaultValue={q ?? ""}
              leftSection={<Icon name="search" size={18} />}
              onChange={(event) => search(event.currentTarget.value)}
            />
          }
        >
          <Select
            label={t("ledger.kindLabel")}
            placeholder={t("ledger.anyKind")}
            clearable
            clearButtonProps={{ "aria-label": t("ledger.anyKind") }}
            data={KINDS.map((value) => ({ value, label: t(`ledger.kind.${value}`) }))}
            value={kind ?? null}
            onChange={(value) => filters.set({ kind: value })}
          />
        </FilterBar>
        <DataTable<AccountView>
          caption={t("ledger.accounts")}
          pages={pages}
          rowKey={(account) => account.id}
          empty={<EmptyState title={t("ledger.none")} text={t("ledger.noneText")} />}
          columns={[
            {
              key: "account",
              header: t("ledger.account"),
              cell: (account) => (
                <span className={rows.stack}>
                  <TextLink to={`/admin/ledger/${account.id}`}>
                    {ownerOf(account.owner, account.owner_name)}
                  </TextLink>
                  <span className={rows.small}>{t(`ledger.kind.${account.kind}`)}</span>
                </span>
              ),
            },
            {
              key: "since",
              header: t("ledger.since"),
              deskOnly: true,
              cell: (account) => <When at={account.created_at} />,
            },
            {
              key: "balance",
              header: t("ledger.balance"),
              align: "right",
              cell: (account) => <span className={rows.amount}>{signed(account.balance.amount)}</span>,
            },
          ]}
        />
      </Block>
    </Page>
  );
}
