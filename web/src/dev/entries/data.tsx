import { Button } from "@mantine/core";
import { useState } from "react";
import type { Group } from "#web/dev/entry";
import { nothing, type Order, useOrders, useProblems, useWords } from "#web/dev/samples";
import { type Column, DataTable } from "#web/ui/DataTable";
import { DescriptionList } from "#web/ui/DescriptionList";
import { EmptyState } from "#web/ui/EmptyState";
import { formatNumber } from "#web/ui/format";
import { Money } from "#web/ui/Money";
import { MoreButton } from "#web/ui/MoreButton";
import { StatTiles } from "#web/ui/StatTiles";
import { StatusChip, type Tone } from "#web/ui/StatusChip";
import { SumLines } from "#web/ui/SumLines";
import { Timeline } from "#web/ui/Timeline";
import { ZonedTime } from "#web/ui/ZonedTime";

const TONE = { paid: "good", waiting: "waiting", failed: "bad" } as const satisfies Record<string, Tone>;

function useTable() {
  const t = useWords();
  const columns: Column<Order>[] = [
    { key: "name", header: t("sample.guest"), cell: (order) => order.name, text: (order) => order.name },
    {
      key: "at",
      header: t("sample.when"),
      cell: (order) => <ZonedTime at={order.at} style="day" />,
      sort: { up: "at", down: "-at" },
      text: (order) => order.at,
      optional: true,
    },
    {
      key: "status",
      header: t("sample.status"),
      cell: (order) => <StatusChip tone={TONE[order.status]}>{t(`sample.${order.status}`)}</StatusChip>,
    },
    {
      key: "amount",
      header: t("sample.amount"),
      align: "right",
      cell: (order) => <Money value={order} />,
      sort: { up: "amount", down: "-amount" },
      text: (order) => order.amount,
    },
    {
      key: "id",
      header: t("sample.number"),
      cell: (order) => order.id,
      deskOnly: true,
      optional: "hidden",
      text: (order) => order.id,
    },
  ];
  const pages = {
    items: useOrders(),
    isPending: false,
    error: null as unknown,
    refetch: nothing,
    hasNextPage: true,
    isFetchingNextPage: false,
    fetchNextPage: nothing,
  };
  return { columns, pages, t };
}

function FullTable() {
  const { columns, pages, t } = useTable();
  const [sort, setSort] = useState<string | undefined>("-at");
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(["order-2"]));
  return (
    <DataTable
      caption={t("sample.orders")}
      name="gallery"
      columns={columns}
      pages={pages}
      rowKey={(order) => order.id}
      empty={null}
      sort={{ value: sort, onSort: setSort }}
      selection={{
        selected,
        onSelect: setSelected,
        actions: <Button variant="light">{t("sample.remind")}</Button>,
      }}
      rowActions={() => [
        { key: "open", label: t("sample.open"), icon: "arrowRight", onAct: nothing },
        { key: "cancel", label: t("sample.cancel"), icon: "trash", dangerous: true, onAct: nothing },
      ]}
      csv={{ name: "orders", fetchPage: async () => ({ items: pages.items, next_cursor: null }) }}
    />
  );
}

function TableState({ state }: { state: "plain" | "empty" | "loading" | "error" | "moreFailed" }) {
  const { columns, pages, t } = useTable();
  const { broken, silent } = useProblems();
  const shown = {
    plain: {},
    empty: { items: [] },
    loading: { items: [], isPending: true },
    error: { items: [], error: broken },
    moreFailed: { error: silent },
  }[state];
  return (
    <DataTable
      caption={`${t("sample.orders")} (${t(`state.${state}`)})`}
      columns={columns.map((column) => ({ ...column, optional: false }))}
      pages={{ ...pages, ...shown }}
      rowKey={(order) => order.id}
      empty={
        <EmptyState
          title={t("sample.noOrders")}
          text={t("sample.noOrdersText")}
          action={<Button>{t("sample.firstOrder")}</Button>}
          order={3}
        />
      }
    />
  );
}

const TONES: readonly Tone[] = ["waiting", "good", "done", "neutral", "warning", "bad"];

export const data: Group = {
  name: "data",
  entries: [
    {
      name: "DataTable",
      states: [
        { name: "full", Show: FullTable },
        { name: "plain", Show: () => <TableState state="plain" /> },
        { name: "empty", Show: () => <TableState state="empty" /> },
        { name: "loading", Show: () => <TableState state="loading" /> },
        { name: "error", Show: () => <TableState state="error" /> },
        { name: "moreFailed", Show: () => <TableState state="moreFailed" /> },
      ],
    },
    {
      name: "MoreButton",
      states: [
        {
          name: "loading",
          Show: () => <MoreButton hasNextPage isFetchingNextPage fetchNextPage={nothing} />,
        },
      ],
    },
    {
      name: "StatTiles",
      states: [
        {
          name: "full",
          Show: () => {
            const t = useWords();
            return (
              <StatTiles
                label={t("sample.today")}
                stats={[
                  { key: "sales", label: t("sample.sales"), value: <Money value={{ amount: 1_240_000 }} /> },
                  {
                    key: "waiting",
                    label: t("sample.waiting"),
                    value: formatNumber(3),
                    note: t("sample.oldest"),
                    icon: "clock",
                    alert: true,
                  },
                  { key: "guests", label: t("sample.guests"), value: formatNumber(1284), to: "/chefs" },
                ]}
              />
            );
          },
        },
      ],
    },
    {
      name: "DescriptionList",
      states: [
        {
          name: "full",
          Show: () => {
            const t = useWords();
            return (
              <DescriptionList
                items={[
                  { label: t("sample.guest"), value: t("sample.people.0") },
                  { label: t("sample.when"), value: <ZonedTime at="2026-06-03T09:00:00Z" /> },
                  { label: t("sample.amount"), value: <Money value={{ amount: 240_000 }} /> },
                  { label: t("sample.note"), value: null },
                ]}
              />
            );
          },
        },
      ],
    },
    {
      name: "StatusChip",
      states: [
        {
          name: "full",
          Show: () => {
            const t = useWords();
            return TONES.map((tone) => (
              <StatusChip key={tone} tone={tone}>
                {t(`tone.${tone}`)}
              </StatusChip>
            ));
          },
        },
      ],
    },
    {
      name: "Timeline",
      states: [
        {
          name: "full",
          Show: () => {
            const t = useWords();
            return (
              <Timeline
                entries={[
                  { id: "1", at: "2026-06-01T00:10:00Z", title: t("sample.asked"), icon: "bell" },
                  {
                    id: "2",
                    at: "2026-06-01T02:00:00Z",
                    title: t("sample.accepted"),
                    text: t("sample.people.1"),
                  },
                  { id: "3", at: "2026-06-01T02:05:00Z", title: t("sample.paid"), icon: "card" },
                ]}
              />
            );
          },
        },
      ],
    },
    {
      name: "Money, SumLines",
      states: [
        {
          name: "full",
          Show: () => {
            const t = useWords();
            return (
              <SumLines
                lines={[
                  { label: t("sample.menu"), value: { amount: 360_000 }, note: t("sample.perGuest") },
                  { label: t("sample.discount"), value: { amount: -20_000 } },
                ]}
                total={{ label: t("sample.total"), value: { amount: 340_000 } }}
              />
            );
          },
        },
      ],
    },
    {
      name: "ZonedTime",
      states: [
        {
          name: "full",
          Show: () => (
            <>
              <ZonedTime at="2026-06-03T09:00:00Z" until="2026-06-03T12:00:00Z" />
              <ZonedTime at="2026-06-03T09:00:00Z" zone="America/New_York" />
            </>
          ),
        },
      ],
    },
  ],
};
