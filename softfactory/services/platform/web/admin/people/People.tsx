import { Badge, Group, Select, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PersonRow } from "#web/api/generated";
import { api } from "#web/api/http";
import { type Column, DataTable } from "#web/ui/DataTable";
import { EmptyState } from "#web/ui/EmptyState";
import { FilterBar } from "#web/ui/FilterBar";
import { formatTime } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { TextLink } from "#web/ui/Link";
import { Page, PageHeader } from "#web/ui/Page";
import { StatusChip } from "#web/ui/StatusChip";
import { useFilters } from "#web/ui/useFilters";
import { type PageOf, usePages } from "#web/ui/usePages";
import { PEOPLE, ROLES, STATUSES, TONE } from "./queries";

/** Everyone with an account: found by name or address, by role, by status. */
export function People() {
  const { t } = useTranslation("platform/people");
  const { values, active, set, clear } = useFilters(["q", "role", "status"] as const);
  const pages = usePages([...PEOPLE, values], (cursor, signal) =>
    api.get<PageOf<PersonRow>>("/api/users", { query: { ...values, cursor, limit: 50 }, signal }),
  );
  const columns: Column<PersonRow>[] = [
    { key: "name", header: t("name"), cell: (person) => <Name person={person} /> },
    { key: "roles", header: t("roles"), cell: (person) => <Roles roles={person.roles} /> },
    {
      key: "status",
      header: t("status"),
      cell: (person) => <StatusChip tone={TONE[person.status]}>{t(`statuses.${person.status}`)}</StatusChip>,
    },
    {
      key: "since",
      header: t("since"),
      cell: (person) => formatTime(person.created_at, { style: "date" }),
      deskOnly: true,
    },
  ];
  const choose = (key: "role" | "status", names: readonly string[]) => (
    <Select
      label={t(key === "role" ? "roles" : "status")}
      placeholder={t(`any.${key}`)}
      data={names.map((value) => ({
        value,
        label: t(key === "role" ? `role.${value}` : `statuses.${value}`),
      }))}
      value={values[key] ?? null}
      onChange={(value) => set({ [key]: value })}
      clearable
      clearButtonProps={{ "aria-label": t("shell:filter.clear") }}
    />
  );
  return (
    <Page width="wide">
      <PageHeader title={t("title")} text={t("text")} />
      <FilterBar
        lead={<Search value={values.q ?? ""} onChange={(q) => set({ q: q || null })} />}
        active={active}
        onClear={clear}
      >
        {choose("role", ROLES)}
        {choose("status", STATUSES)}
      </FilterBar>
      <DataTable
        caption={t("title")}
        columns={columns}
        pages={pages}
        rowKey={(person) => person.id}
        empty={<EmptyState picture="empty" title={t("none")} text={t("noneText")} />}
      />
    </Page>
  );
}

function Name({ person }: { person: PersonRow }) {
  const { t } = useTranslation("platform/people");
  return (
    <div>
      <Group gap="xs">
        <TextLink to="/admin/people/$personId" params={{ personId: person.id } as never} fw={600}>
          {person.name || t("nameless")}
        </TextLink>
        {person.demo ? (
          <Badge variant="light" tt="none" color="gray">
            {t("demo")}
          </Badge>
        ) : null}
      </Group>
      {person.email ? (
        <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          {person.email}
        </Text>
      ) : null}
    </div>
  );
}

export function Roles({ roles }: { roles: readonly string[] }) {
  const { t } = useTranslation("platform/people");
  return <Text size="sm">{roles.map((role) => t(`role.${role}`)).join(", ") || "–"}</Text>;
}

function Search({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation("platform/people");
  const [typed, setTyped] = useState(value);
  const later = useDebouncedCallback(onChange, 300);
  useEffect(() => {
    if (!value) setTyped("");
  }, [value]);
  return (
    <TextInput
      type="search"
      label={t("search")}
      leftSection={<Icon name="search" size={18} />}
      maxLength={100}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        later(event.currentTarget.value.trim());
      }}
    />
  );
}
