import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ReasonDialog } from "#web/admin/ReasonDialog";
import { useServices } from "#web/admin/waiting";
import type { EventLine, HeardLine, Lanes } from "#web/api/generated";
import { api } from "#web/api/http";
import { say } from "#web/app/i18n";
import { DataTable } from "#web/ui/DataTable";
import { EmptyState } from "#web/ui/EmptyState";
import { FilterBar } from "#web/ui/FilterBar";
import { formatRelative } from "#web/ui/format";
import { TextLink } from "#web/ui/Link";
import { Page, PageHeader } from "#web/ui/Page";
import { StatusChip } from "#web/ui/StatusChip";
import { useFilters } from "#web/ui/useFilters";
import { named, type Of, useMerged } from "./merged";
import { Missing, ServiceSelect, useMayAct, When } from "./parts";
import classes from "./Rows.module.css";
import { failure, JOB_TONE, type JobState, jobName } from "./words";

const VIEWS = ["waiting", "delivered", "heard"] as const;
type View = (typeof VIEWS)[number];
type Line = Of<EventLine>;

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const oldestFirst = (a: EventLine, b: EventLine) => order(a.created_at, b.created_at) || order(a.id, b.id);
const deliveredLast = (a: EventLine, b: EventLine) =>
  order(b.delivered_at ?? "", a.delivered_at ?? "") || order(b.id, a.id);
const heardLast = (a: HeardLine, b: HeardLine) =>
  order(b.received_at, a.received_at) || order(b.event_id, a.event_id);

/** A service's title in the reader's language. */
function useTitle(): (name: string) => string {
  const services = useServices().data ?? [];
  return (name) => {
    const title = named(services, name)?.title;
    return title ? say(title) : name;
  };
}

/** Services to which nothing gets through now, and why. */
function Blocked() {
  const { t } = useTranslation("platform/admin");
  const services = useServices().data ?? [];
  const title = useTitle();
  const lanes = useQueries({
    queries: services.map(({ name }) => ({
      queryKey: ["admin", "lanes", name],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.get<Lanes>(`/api/${name}/admin/lanes`, { signal }),
      refetchInterval: 10_000,
    })),
    combine: (answers) =>
      answers.flatMap((answer, index) =>
        (answer.data?.items ?? []).map((lane) => ({ ...lane, from: services[index]?.name ?? "" })),
      ),
  });
  return lanes
    .filter((lane) => lane.failures > 0)
    .map((lane) => (
      <p key={`${lane.from} ${lane.target}`} role="status" className={classes.blocked}>
        <strong>
          {t("events.blocked", { from: title(lane.from), to: title(lane.target), count: lane.failures })}
        </strong>
        <span>{failure(t, lane.error)}</span>
        {lane.error ? <code>{lane.error}</code> : null}
      </p>
    ));
}

function Said({ view, service, name }: { view: "waiting" | "delivered"; service?: string; name?: string }) {
  const { t } = useTranslation("platform/admin");
  const title = useTitle();
  const client = useQueryClient();
  const mayAct = useMayAct();
  const [asking, setAsking] = useState<Line | null>(null);
  const pages = useMerged<EventLine>(
    "events",
    { state: view, name },
    { before: view === "waiting" ? oldestFirst : deliveredLast, only: service, live: 10_000 },
  );
  return (
    <>
      <Missing services={pages.missing} />
      <DataTable<Line>
        caption={t(`events.view.${view}`)}
        pages={pages}
        rowKey={(line) => `${line.id} ${line.target}`}
        empty={
          <EmptyState
            picture="done"
            title={t(view === "waiting" ? "events.calm" : "events.none")}
            text={t(view === "waiting" ? "events.calmText" : "events.noneText")}
          />
        }
        columns={[
          {
            key: "event",
            header: t("events.event"),
            cell: (line) => (
              <span className={classes.stack}>
                <strong>{t(`platform/admin:event.${line.name}`, line.name)}</strong>
                <span className={classes.small}>
                  {t("events.way", { from: title(line.service), to: title(line.target) })}
                </span>
              </span>
            ),
          },
          {
            key: "age",
            header: t(view === "waiting" ? "events.age" : "events.delivered"),
            cell: (line) =>
              view === "waiting" ? formatRelative(line.created_at) : <When at={line.delivered_at} />,
          },
          {
            key: "attempts",
            header: t("events.attempts"),
            align: "right",
            deskOnly: true,
            cell: (line) => line.attempts,
          },
          {
            key: "why",
            header: t("events.why"),
            deskOnly: true,
            cell: (line) => <span className={classes.small}>{failure(t, line.error)}</span>,
          },
          {
            key: "act",
            header: t("events.redeliver"),
            align: "right",
            acts: true,
            cell: (line) =>
              mayAct ? (
                <Button variant="default" onClick={() => setAsking(line)}>
                  {t("events.redeliver")}
                </Button>
              ) : null,
          },
        ]}
      />
      {asking ? (
        <ReasonDialog
          title={t("events.redeliverTitle")}
          confirm={t("events.redeliver")}
          done={t("events.redeliverDone")}
          act={async (reason) => {
            const path = `/api/${asking.service}/admin/events/${asking.id}/redeliver`;
            await api.post(path, { reason, target: asking.target });
            await client.invalidateQueries({ queryKey: ["admin"] });
          }}
          onClose={() => setAsking(null)}
        >
          {t("events.redeliverText", { to: title(asking.target) })}
        </ReasonDialog>
      ) : null}
    </>
  );
}

function Heard({ service }: { service?: string }) {
  const { t } = useTranslation("platform/admin");
  const title = useTitle();
  const pages = useMerged<HeardLine>("events/heard", {}, { before: heardLast, only: service, live: 10_000 });
  return (
    <>
      <Missing services={pages.missing} />
      <DataTable<Of<HeardLine>>
        caption={t("events.view.heard")}
        pages={pages}
        rowKey={(line) => `${line.event_id} ${line.listener}`}
        empty={<EmptyState title={t("events.none")} text={t("events.noneText")} />}
        columns={[
          {
            key: "listener",
            header: t("events.listener"),
            cell: (line) => (
              <span className={classes.stack}>
                {line.job_id && line.job_state ? (
                  <TextLink to={`/admin/jobs/${line.service}/${line.job_id}`}>
                    {jobName(t, line.listener)}
                  </TextLink>
                ) : (
                  <strong>{jobName(t, line.listener)}</strong>
                )}
                <span className={classes.small}>{title(line.service)}</span>
              </span>
            ),
          },
          {
            key: "state",
            header: t("jobs.state"),
            cell: (line) =>
              line.job_state ? (
                <StatusChip tone={JOB_TONE[line.job_state as JobState]}>
                  {t(`jobs.states.${line.job_state}`)}
                </StatusChip>
              ) : (
                t("none")
              ),
          },
          {
            key: "at",
            header: t("events.received"),
            align: "right",
            cell: (line) => <When at={line.received_at} />,
          },
        ]}
      />
    </>
  );
}

/** What services tell one another: what waits, what arrived, what became of it. */
export function Events() {
  const { t } = useTranslation("platform/admin");
  const filters = useFilters(["view", "service", "name"] as const);
  const services = useServices();
  const view: View = VIEWS.find((each) => each === filters.values.view) ?? "waiting";
  const { service, name } = filters.values;
  return (
    <Page>
      <PageHeader title={t("events.title")} text={t("events.text")} />
      <SegmentedControl
        fullWidth
        className={classes.views}
        aria-label={t("events.title")}
        data={VIEWS.map((value) => ({ value, label: t(`events.view.${value}`) }))}
        value={view}
        onChange={(value) => filters.set({ view: value === "waiting" ? null : value })}
      />
      <FilterBar
        active={(service ? 1 : 0) + (name ? 1 : 0)}
        onClear={() => filters.set({ service: null, name: null })}
      >
        <ServiceSelect
          services={services.data ?? []}
          value={service}
          onChange={(value) => filters.set({ service: value })}
        />
        {view === "heard" ? null : (
          <TextInput
            label={t("events.name")}
            placeholder={t("events.namePlaceholder")}
            defaultValue={name ?? ""}
            key={name ?? ""}
            onBlur={(event) => filters.set({ name: event.currentTarget.value.trim() || null })}
            onKeyDown={(event) => {
              if (event.key === "Enter") filters.set({ name: event.currentTarget.value.trim() || null });
            }}
          />
        )}
      </FilterBar>
      <Blocked />
      {view === "heard" ? <Heard service={service} /> : <Said view={view} service={service} name={name} />}
    </Page>
  );
}
