import { Button, Select, Skeleton, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AuditPerson, AuditView } from "#web/api/generated";
import { api } from "#web/api/http";
import { features } from "#web/app/features";
import { say } from "#web/app/i18n";
import { type Column, DataTable } from "#web/ui/DataTable";
import { EmptyState } from "#web/ui/EmptyState";
import { FilterBar } from "#web/ui/FilterBar";
import { formatMoney, formatRelative, formatTime } from "#web/ui/format";
import { TextLink } from "#web/ui/Link";
import { Page, PageHeader } from "#web/ui/Page";
import { problemText } from "#web/ui/problemText";
import { StatusChip } from "#web/ui/StatusChip";
import { toastProblem } from "#web/ui/toasts";
import { useFilters } from "#web/ui/useFilters";
import { type PageOf, usePages } from "#web/ui/usePages";
import { ZonedTime } from "#web/ui/ZonedTime";
import { useScopeWords } from "../../rights/scopes";
import { detailsOf, useActWords } from "./acts";
import classes from "./People.module.css";
import { AUDIT, useChain } from "./queries";

const FAMILIES = ["person", "session", "security", "key", "space", "data", "job", "event", "mail", "payment"];

/** Who did what to whom, and whether the chain of it is whole. */
export function Audit() {
  const { t } = useTranslation("platform/people");
  const words = useActWords();
  const { values, active, set, clear } = useFilters(["act", "person_id", "from", "to"] as const);
  const pages = usePages([...AUDIT, values], (cursor, signal) =>
    api.get<PageOf<AuditView>>("/api/users/audit", { query: { ...values, cursor, limit: 50 }, signal }),
  );
  const columns: Column<AuditView>[] = [
    {
      key: "act",
      header: t("audit.act"),
      cell: (entry) => (
        <div>
          <Text fw={600}>{words.act(entry.act)}</Text>
          <Text size="sm" c="dimmed">
            <ZonedTime at={entry.at} /> · #{entry.number}
          </Text>
        </div>
      ),
    },
    {
      key: "actor",
      header: t("audit.actor"),
      cell: (entry) => <Someone person={entry.actor} none={t("platform")} />,
    },
    {
      key: "subject",
      header: t("audit.subject"),
      cell: (entry) => <Someone person={entry.subject} none="–" />,
    },
    { key: "details", header: t("audit.details"), cell: (entry) => <Details entry={entry} /> },
  ];
  const day = (key: "from" | "to") => (
    <TextInput
      type="date"
      label={t(`audit.${key}`)}
      value={values[key] ?? ""}
      onChange={(event) => set({ [key]: event.currentTarget.value || null })}
    />
  );
  return (
    <Page width="wide">
      <PageHeader title={t("audit.title")} text={t("audit.text")} />
      <Chain />
      <FilterBar
        lead={
          <Select
            label={t("audit.act")}
            placeholder={t("audit.anyAct")}
            data={FAMILIES.map((value) => ({ value, label: t(`audit.family.${value}`) }))}
            value={values.act ?? null}
            onChange={(act) => set({ act })}
            clearable
            clearButtonProps={{ "aria-label": t("shell:filter.clear") }}
          />
        }
        active={active}
        onClear={clear}
        summary={values.person_id ? t("audit.onePerson") : null}
      >
        {day("from")}
        {day("to")}
      </FilterBar>
      <DataTable
        caption={t("audit.title")}
        columns={columns}
        pages={pages}
        rowKey={(entry) => entry.id}
        empty={
          active > 0 ? (
            <EmptyState title={t("audit.none")} text={t("audit.noneText")} />
          ) : (
            <EmptyState picture="done" title={t("audit.noneYet")} text={t("audit.noneYetText")} />
          )
        }
      />
    </Page>
  );
}

function Someone({ person, none }: { person: AuditPerson | null; none: string }) {
  if (!person) return <Text size="sm">{none}</Text>;
  if (!person.name) return <code className={classes.hash}>{person.id.slice(0, 8)}…</code>;
  return (
    <TextLink to="/admin/people/$personId" params={{ personId: person.id } as never}>
      {person.name}
    </TextLink>
  );
}

const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** A detail as people read it: times and sums formatted, names of states and services in words, ids cut short. */
function useDetail(): (name: string, said: string) => string {
  const { t } = useTranslation(["platform/people", "platform/admin"]);
  const scope = useScopeWords();
  return (name, said) => {
    if (ID.test(said)) return `${said.slice(0, 8)}…`;
    if (name === "done_at") return formatTime(said);
    if (name === "amount") return formatMoney({ amount: Number(said) });
    if (name === "scopes") return said.split(", ").map(scope).join(", ");
    if (name === "event") return t(`platform/admin:event.${said}`, { defaultValue: said });
    if (name === "service" || name === "target")
      return say(features.find((each) => each.name === said)?.title ?? { ko: said, en: said });
    if (name === "job") return t(`platform/admin:job.${said}`, { defaultValue: said });
    if (name === "because") return t(`audit.because.${said.replaceAll(" ", "_")}`, { defaultValue: said });
    if (["given", "taken", "role"].includes(name)) {
      return said
        .split(", ")
        .map((role) => t(`role.${role}`, { defaultValue: role }))
        .join(", ");
    }
    return said;
  };
}

function Details({ entry }: { entry: AuditView }) {
  const { t } = useTranslation("platform/people");
  const value = useDetail();
  const details = detailsOf(entry, t("erased"));
  if (details.length === 0) return <Text size="sm">–</Text>;
  return (
    <dl className={classes.details}>
      {details.map(([name, said]) => (
        <div key={name} style={{ display: "contents" }}>
          <dt>{t(`audit.part.${name}`, { defaultValue: name })}</dt>
          <dd>{value(name, said)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** How the chain stands, and having it proven now. */
function Chain() {
  const { t } = useTranslation("platform/people");
  const queries = useQueryClient();
  const [since, setSince] = useState<string | null | undefined>(undefined);
  const waiting = since !== undefined;
  const chain = useChain(waiting);
  const prove = useMutation({
    mutationFn: () => api.post("/api/users/audit/verify"),
    onSuccess: () => setSince(chain.data?.proven_at ?? null),
    onError: toastProblem,
    meta: { quiet: true },
  });
  const provenAt = chain.data?.proven_at ?? null;
  useEffect(() => {
    if (waiting && provenAt !== since) {
      setSince(undefined);
      void queries.invalidateQueries({ queryKey: AUDIT });
    }
  }, [waiting, provenAt, since, queries]);
  if (chain.isPending)
    return <Skeleton className={classes.chainWaiting} role="status" aria-label={t("shell:loading")} />;
  // Briefly: the list below has its own way to fail, with the whole picture.
  if (chain.error) {
    return (
      <section className={classes.chain} role="alert" aria-label={t("chain.title")}>
        <StatusChip tone="bad">{t("chain.unknown")}</StatusChip>
        <Text className={classes.chainWords}>{problemText(chain.error).text}</Text>
        <Button variant="default" onClick={() => chain.refetch()}>
          {t("shell:error.retry")}
        </Button>
      </section>
    );
  }
  const { whole, entries, broken_at, problem } = chain.data;
  return (
    <section
      className={classes.chain}
      data-broken={whole === false || undefined}
      aria-label={t("chain.title")}
    >
      <StatusChip tone={whole === null ? "neutral" : whole ? "good" : "bad"}>
        {t(whole === null ? "chain.unproven" : whole ? "chain.whole" : "chain.broken")}
      </StatusChip>
      <div className={classes.chainWords} role="status">
        <Text>
          {whole === false
            ? t("chain.brokenAt", { number: broken_at, problem: t(`chain.problem.${problem}`) })
            : t(whole === null ? "chain.count" : "chain.entries", { count: entries })}
        </Text>
        <Text size="sm" c="dimmed">
          {provenAt ? t("chain.provenAt", { when: formatRelative(provenAt) }) : t("chain.never")}
        </Text>
      </div>
      <Button variant="default" loading={prove.isPending || waiting} onClick={() => prove.mutate()}>
        {t("chain.prove")}
      </Button>
    </section>
  );
}
