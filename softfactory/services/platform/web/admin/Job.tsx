import { Button, Progress, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ReasonDialog } from "#web/admin/ReasonDialog";
import { useServices } from "#web/admin/waiting";
import type { JobDetail } from "#web/api/generated";
import { api } from "#web/api/http";
import { say } from "#web/app/i18n";
import { ErrorState } from "#web/ui/ErrorState";
import { TextLink } from "#web/ui/Link";
import { Page, PageHeader } from "#web/ui/Page";
import { PageSkeleton } from "#web/ui/Skeletons";
import { StatusChip } from "#web/ui/StatusChip";
import { ZonedTime } from "#web/ui/ZonedTime";
import { named, useOne } from "./merged";
import { Block, Facts, Id, Json, useMayAct } from "./parts";
import classes from "./Rows.module.css";
import { failure, JOB_TONE, jobName } from "./words";

const OVER = new Set(["done", "cancelled"]);

/** A share of a whole, where the job tells it so. */
function share(progress: unknown): number | null {
  const told = progress as { done?: number; total?: number } | null;
  return told && typeof told.done === "number" && typeof told.total === "number" && told.total > 0
    ? Math.round((told.done / told.total) * 100)
    : null;
}

function Actions({ job, onAsk }: { job: JobDetail; onAsk: (act: "replay" | "cancel") => void }) {
  const { t } = useTranslation("platform/admin");
  if (!useMayAct() || OVER.has(job.state)) return null;
  return (
    <>
      {job.state === "dead" ? <Button onClick={() => onAsk("replay")}>{t("jobs.replay")}</Button> : null}
      <Button variant="default" onClick={() => onAsk("cancel")}>
        {t("jobs.cancel")}
      </Button>
    </>
  );
}

function Running({ job }: { job: JobDetail }) {
  const { t } = useTranslation("platform/admin");
  if (job.progress === null || job.progress === undefined) return null;
  const done = share(job.progress);
  return (
    <Block title={t("jobs.progress")}>
      {done === null ? (
        <Json value={job.progress} />
      ) : (
        <Progress value={done} aria-label={t("jobs.progress")} />
      )}
    </Block>
  );
}

function Whole({ job, service }: { job: JobDetail; service: string }) {
  const { t } = useTranslation("platform/admin");
  const services = useServices();
  const client = useQueryClient();
  const [asking, setAsking] = useState<"replay" | "cancel" | null>(null);
  const title = named(services.data ?? [], service)?.title;
  const moment = (at: string | null) => (at ? <ZonedTime at={at} /> : t("none"));
  const act = async (reason: string) => {
    await api.post(`/api/${service}/admin/jobs/${job.id}/${asking}`, { reason });
    await client.invalidateQueries({ queryKey: ["admin"] });
  };
  return (
    <>
      <PageHeader
        title={jobName(t, job.name)}
        back={{ to: "/admin/jobs", label: t("jobs.title") }}
        text={<StatusChip tone={JOB_TONE[job.state]}>{t(`jobs.states.${job.state}`)}</StatusChip>}
        actions={<Actions job={job} onAsk={setAsking} />}
      />
      {job.error ? (
        <Block title={t("jobs.failed")}>
          <p>{failure(t, job.error)}</p>
          <p className={classes.small}>
            <code>{job.error}</code>
          </p>
        </Block>
      ) : null}
      <Running job={job} />
      <Block title={t("jobs.facts")}>
        <Facts
          facts={[
            [t("service.label"), title ? say(title) : service],
            [t("jobs.code"), <Id key="name" value={job.name} />],
            [
              t("jobs.attempts"),
              t("jobs.of", { made: job.attempts, most: Math.max(job.max_attempts, job.attempts) }),
            ],
            [t("jobs.created"), moment(job.created_at)],
            [t(job.state === "failed" ? "jobs.next" : "jobs.due"), moment(job.due_at)],
            [t("jobs.started"), moment(job.started_at)],
            [t("jobs.finished"), moment(job.finished_at)],
            [t("jobs.id"), <Id key="id" value={job.id} />],
            [t("jobs.trace"), job.trace ? <Id key="trace" value={job.trace} /> : t("none")],
          ]}
        />
      </Block>
      <Block title={t("jobs.payload")}>
        <Json value={job.payload} />
      </Block>
      {job.result === null || job.result === undefined ? null : (
        <Block title={t("jobs.result")}>
          <Json value={job.result} />
        </Block>
      )}
      {asking ? (
        <ReasonDialog
          title={t(`jobs.${asking}Title`)}
          confirm={t(`jobs.${asking}`)}
          done={t(`jobs.${asking}Done`)}
          dangerous={asking === "cancel"}
          act={act}
          onClose={() => setAsking(null)}
        >
          {t(`jobs.${asking}Text`)}
        </ReasonDialog>
      ) : null}
    </>
  );
}

/** One job: what failed in words, what it was asked, and what can be done about it. */
export function Job() {
  const { t } = useTranslation("platform/admin");
  const { service = "", jobId = "" } = useParams({ strict: false }) as { service?: string; jobId?: string };
  const job = useOne<JobDetail>(service, `jobs/${jobId}`, {
    live: (seen) => (seen && (OVER.has(seen.state) || seen.state === "dead") ? false : 2_000),
  });
  return (
    <Page title={job.data ? jobName(t, job.data.name) : undefined}>
      {job.isPending ? <PageSkeleton /> : null}
      {job.isError && !job.data ? (
        <>
          <ErrorState order={1} error={job.error} onRetry={job.refetch} />
          <Text size="sm" ta="center">
            <TextLink to="/admin/jobs">{t("jobs.back")}</TextLink>
          </Text>
        </>
      ) : null}
      {job.data ? <Whole job={job.data} service={service} /> : null}
    </Page>
  );
}
