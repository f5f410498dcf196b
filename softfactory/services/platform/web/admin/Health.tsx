import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useServices } from "#web/admin/waiting";
import type { Standing } from "#web/api/generated";
import { api } from "#web/api/http";
import { say } from "#web/app/i18n";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { formatNumber, formatRelative } from "#web/ui/format";
import { TextLink } from "#web/ui/Link";
import { Page, PageHeader } from "#web/ui/Page";
import { CardsSkeleton } from "#web/ui/Skeletons";
import { StatusChip } from "#web/ui/StatusChip";
import classes from "./Health.module.css";
import { Facts } from "./parts";

/** Seconds as people say them. */
function useSeconds(): (seconds: number) => string {
  const { t } = useTranslation("platform/admin");
  return (seconds) => {
    if (seconds < 1) return t("health.nothing");
    if (seconds < 120) return t("health.seconds", { count: Math.round(seconds) });
    if (seconds < 7_200) return t("health.minutes", { count: Math.round(seconds / 60) });
    return t("health.hours", { count: Math.round(seconds / 3_600) });
  };
}

function Workers({ state }: { state: Standing }) {
  const { t } = useTranslation("platform/admin");
  if (state.workers.length === 0) return <p className={classes.small}>{t("health.noWorkers")}</p>;
  return (
    <ul className={classes.workers}>
      {state.workers.map((worker) => (
        <li key={worker.id}>
          <span className={classes.dot} data-alive={worker.alive || undefined} aria-hidden="true" />
          <span>
            {t(worker.alive ? "health.worker" : "health.workerGone", {
              host: worker.host,
              pid: worker.pid,
              running: worker.running,
              slots: worker.concurrency,
              seen: formatRelative(worker.seen_at),
            })}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Tile({ state, title }: { state: Standing; title: string }) {
  const { t } = useTranslation("platform/admin");
  const seconds = useSeconds();
  const count = (name: string) => formatNumber(state.jobs[name] ?? 0);
  return (
    <article className={classes.tile} aria-label={title}>
      <header>
        <h2>{title}</h2>
        <StatusChip tone={state.ok ? "good" : "bad"}>
          {t(state.ok ? "health.well" : "health.unwell")}
        </StatusChip>
      </header>
      {state.reason ? (
        <p className={classes.advice}>
          <strong>{t(`health.reason.${state.reason}`)}</strong> {t(`health.advice.${state.reason}`)}
        </p>
      ) : null}
      <Facts
        facts={[
          [t("health.database"), t("health.ms", { ms: formatNumber(state.database_ms) })],
          [t("health.oldestJob"), seconds(state.oldest_overdue_job_s)],
          [t("health.oldestEvent"), seconds(state.oldest_undelivered_event_s)],
          [
            t("health.jobs"),
            <TextLink key="jobs" to={`/admin/jobs?state=all&service=${state.service}`}>
              {t("health.jobCounts", {
                queued: count("queued"),
                running: count("running"),
                failed: count("failed"),
              })}
            </TextLink>,
          ],
          [
            t("health.dead"),
            <TextLink key="dead" to={`/admin/jobs?service=${state.service}`}>
              {count("dead")}
            </TextLink>,
          ],
          [
            t("health.events"),
            <TextLink key="events" to={`/admin/events?service=${state.service}`}>
              {formatNumber(state.undelivered_events)}
            </TextLink>,
          ],
        ]}
      />
      <h3>{t("health.workers")}</h3>
      <Workers state={state} />
      <p className={classes.versions}>
        {t("health.versions", {
          app: state.versions.app,
          postgres: state.versions.postgres,
          schema: state.versions.schema_version,
          kernel: state.versions.kernel_version,
        })}
      </p>
    </article>
  );
}

/** Each service as a tile: whether it works, by what that is judged, and what to do when it does not. */
export function Health() {
  const { t } = useTranslation("platform/admin");
  const services = useServices();
  const listed = services.data ?? [];
  const answers = useQueries({
    queries: listed.map(({ name }) => ({
      queryKey: ["admin", "health", name],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.get<Standing>(`/api/${name}/admin/health`, { signal }),
      refetchInterval: 5_000,
      retry: 0,
    })),
  });
  return (
    <Page>
      <PageHeader title={t("health.title")} text={t("health.text")} />
      {services.isError ? <ErrorState error={services.error} onRetry={services.refetch} /> : null}
      {services.isSuccess && listed.length === 0 ? <EmptyState title={t("health.none")} /> : null}
      {services.isPending || (answers.length > 0 && answers.every((answer) => answer.isPending)) ? (
        <CardsSkeleton count={3} />
      ) : (
        <div className={classes.tiles}>
          {listed.map(({ name, title }, index) => {
            const answer = answers[index];
            if (answer?.data && !answer.isError)
              return <Tile key={name} state={answer.data} title={say(title)} />;
            if (!answer?.isError) return <CardsSkeleton key={name} count={1} />;
            return (
              <article key={name} className={classes.tile} aria-label={say(title)}>
                <header>
                  <h2>{say(title)}</h2>
                  <StatusChip tone="bad">{t("health.silent")}</StatusChip>
                </header>
                <p className={classes.advice}>
                  <strong>{t("health.reason.silent")}</strong> {t("health.advice.silent")}
                </p>
                <ErrorState order={3} error={answer.error} onRetry={answer.refetch} />
              </article>
            );
          })}
        </div>
      )}
    </Page>
  );
}
