import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { AccountLine, AccountView, MovementView } from "#web/api/generated";
import { api } from "#web/api/http";
import { DataTable } from "#web/ui/DataTable";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { TextLink } from "#web/ui/Link";
import { Page, PageHeader } from "#web/ui/Page";
import { PageSkeleton } from "#web/ui/Skeletons";
import { StatusChip } from "#web/ui/StatusChip";
import { type PageOf, usePages } from "#web/ui/usePages";
import { ZonedTime } from "#web/ui/ZonedTime";
import { Entries, signed, useOwner } from "./Movements";
import { Block, CsvButton, Facts, Id, When } from "./parts";
import rows from "./Rows.module.css";

const BACK = "/admin/ledger";

/** What moved in one account, with what was in it after each movement. */
export function LedgerAccount() {
  const { t } = useTranslation("platform/admin");
  const ownerOf = useOwner();
  const { accountId = "" } = useParams({ strict: false }) as { accountId?: string };
  const path = `/api/payment/ledger/accounts/${accountId}`;
  const account = useQuery({
    queryKey: ["admin", "account", accountId],
    queryFn: ({ signal }) => api.get<AccountView>(path, { signal }),
  });
  const pages = usePages<AccountLine>(["admin", "account", accountId, "movements"], (cursor, signal) =>
    api.get<PageOf<AccountLine>>(`${path}/movements`, { query: { cursor }, signal }),
  );
  if (account.isPending) {
    return (
      <Page>
        <PageSkeleton />
      </Page>
    );
  }
  if (account.isError) {
    return (
      <Page>
        <ErrorState order={1} error={account.error} onRetry={account.refetch} />
      </Page>
    );
  }
  const owner = ownerOf(account.data.owner, account.data.owner_name);
  return (
    <Page title={owner}>
      <PageHeader
        title={owner}
        text={t(`ledger.meaning.${account.data.kind}`)}
        back={{ to: BACK, label: t("ledger.title") }}
        actions={<CsvButton path={`${path}/csv`} name="ledger-account" />}
      />
      <Facts
        facts={[
          [t("ledger.balance"), <strong key="balance">{signed(account.data.balance.amount)}</strong>],
          [t("ledger.kindLabel"), t(`ledger.kind.${account.data.kind}`)],
          [t("ledger.owner"), <Id key="owner" value={account.data.owner} />],
        ]}
      />
      <Block title={t("ledger.movements")}>
        <DataTable<AccountLine>
          caption={t("ledger.movements")}
          pages={pages}
          rowKey={(line) => line.id}
          empty={<EmptyState title={t("ledger.nothing")} />}
          columns={[
            {
              key: "what",
              header: t("ledger.movement"),
              cell: (line) => (
                <TextLink to={`/admin/ledger/movements/${line.movement_id}`}>
                  {t(`ledger.source.${line.source_kind}`, line.source_kind)}
                </TextLink>
              ),
            },
            { key: "at", header: t("ledger.at"), cell: (line) => <When at={line.at} /> },
            {
              key: "amount",
              header: t("ledger.amount"),
              align: "right",
              cell: (line) => <span className={rows.amount}>{signed(line.amount.amount)}</span>,
            },
            {
              key: "after",
              header: t("ledger.after"),
              align: "right",
              cell: (line) => <span className={rows.amount}>{signed(line.balance_after.amount)}</span>,
            },
          ]}
        />
      </Block>
    </Page>
  );
}

/** One movement: its entries, which sum to zero, and the payment that it belongs to. */
export function Movement() {
  const { t } = useTranslation("platform/admin");
  const { movementId = "" } = useParams({ strict: false }) as { movementId?: string };
  const found = useQuery({
    queryKey: ["admin", "movement", movementId],
    queryFn: ({ signal }) => api.get<MovementView>(`/api/payment/ledger/movements/${movementId}`, { signal }),
  });
  if (found.isPending) {
    return (
      <Page>
        <PageSkeleton />
      </Page>
    );
  }
  if (found.isError) {
    return (
      <Page>
        <ErrorState order={1} error={found.error} onRetry={found.refetch} />
      </Page>
    );
  }
  const movement = found.data;
  const sum = movement.entries.reduce((total, entry) => total + entry.amount.amount, 0);
  const title = t(`ledger.source.${movement.source_kind}`, movement.source_kind);
  return (
    <Page title={title}>
      <PageHeader
        title={title}
        back={{ to: BACK, label: t("ledger.title") }}
        text={<ZonedTime at={movement.at} />}
      />
      <Block
        title={t("ledger.entries")}
        actions={
          <StatusChip tone={sum === 0 ? "good" : "bad"}>{t("ledger.sumOf", { sum: signed(sum) })}</StatusChip>
        }
      >
        <Entries movement={movement} />
      </Block>
      <Block title={t("ledger.from")}>
        <Facts
          facts={[
            [
              t("ledger.payment"),
              movement.payment_id ? (
                <TextLink key="payment" to={`/admin/payments/${movement.payment_id}`}>
                  {t("ledger.toPayment")}
                </TextLink>
              ) : (
                t("none")
              ),
            ],
            [t("ledger.sourceId"), <Id key="source" value={movement.source_id} />],
            [t("ledger.id"), <Id key="id" value={movement.id} />],
          ]}
        />
      </Block>
    </Page>
  );
}
