import { Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { JobLine } from "#web/api/generated";
import { say } from "#web/app/i18n";
import { DataTable } from "#web/ui/DataTable";
import { EmptyState } from "#web/ui/EmptyState";
import { FilterBar } from "#web/ui/FilterBar";
import { formatNumber } from "#web/ui/format";
import { TextLink } from "#web/ui/Link";
import { Page, PageHeader } from "#web/ui/Page";
import { StatusChip } from "#web/ui/StatusChip";
import { useFilters } from "#web/ui/useFilters";
import { named, newestFirst, type Of, useMerged } from "./merged";
import { Missing, ServiceSelect, When } from "./parts";
import classes from "./Rows.module.css";
import { failure, JOB_STATES, JOB_TONE, jobName } from "./words";

/** The jobs of all services: those that were given up first, for they wait for somebody. */
export function Jobs() {
  const { t } = useTranslation("platform/admin");
  const filters = useFilters(["state", "service", "name"] as const);
  const { state = "dead", service, name } = filters.values;
  const pages = useMerged<JobLine>(
    "jobs",
    { state: state === "all" ? undefined : state, name },
    { before: newestFirst, only: service, live: state === "running" ? 2_000 : 10_000 },
  );
  return (
    <Page>
      <PageHeader title={t("jobs.title")} text={t("jobs.text")} />
      <FilterBar
        active={filters.active}
        onClear={filters.clear}
        lead={
          <Select
            label={t("jobs.state")}
            allowDeselect={false}
            data={[...JOB_STATES, "all"].map((value) => ({ value, label: t(`jobs.states.${value}`) }))}
            value={state}
            onChange={(value) => filters.set({ state: value === "dead" ? null : value })}
          />
        }
      >
        <ServiceSelect
          services={pages.services}
          value={service}
          onChange={(value) => filters.set({ service: value })}
        />
        <TextInput
          label={t("jobs.name")}
          placeholder={t("jobs.namePlaceholder")}
          defaultValue={name ?? ""}
          key={name ?? ""}
          onBlur={(event) => filters.set({ name: event.currentTarget.value.trim() || null })}
          onKeyDown={(event) => {
            if (event.key === "Enter") filters.set({ name: event.currentTarget.value.trim() || null });
          }}
        />
      </FilterBar>
      <Missing services={pages.missing} />
      <DataTable<Of<JobLine>>
        caption={t("jobs.title")}
        pages={pages}
        rowKey={(job) => job.id}
        empty={
          <EmptyState
            picture="done"
            title={t(state === "dead" ? "jobs.calm" : "jobs.none")}
            text={t(state === "dead" ? "jobs.calmText" : "jobs.noneText")}
          />
        }
        columns={[
          {
            key: "job",
            header: t("jobs.job"),
            cell: (job) => (
              <span className={classes.stack}>
                <TextLink to={`/admin/jobs/${job.service}/${job.id}`}>{jobName(t, job.name)}</TextLink>
                {job.state === "dead" || job.state === "failed" ? (
                  <span className={classes.small}>{failure(t, job.error)}</span>
                ) : null}
              </span>
            ),
          },
          {
            key: "state",
            header: t("jobs.state"),
            cell: (job) => (
              <StatusChip tone={JOB_TONE[job.state]}>{t(`jobs.states.${job.state}`)}</StatusChip>
            ),
          },
          {
            key: "service",
            header: t("service.label"),
            deskOnly: true,
            cell: (job) => {
              const title = named(pages.services, job.service)?.title;
              return title ? say(title) : job.service;
            },
          },
          {
            key: "attempts",
            header: t("jobs.attempts"),
            align: "right",
            deskOnly: true,
            cell: (job) =>
              t("jobs.of", {
                made: formatNumber(job.attempts),
                most: formatNumber(Math.max(job.max_attempts, job.attempts)),
              }),
          },
          {
            key: "at",
            header: t("jobs.at"),
            align: "right",
            cell: (job) => <When at={job.finished_at ?? job.started_at ?? job.created_at} />,
          },
        ]}
      />
    </Page>
  );
}
