import { useQueries, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useServices, useWaiting } from "#web/admin/waiting";
import type { Standing, Stats } from "#web/api/generated";
import { api } from "#web/api/http";
import type { NavEntry } from "#web/app/feature";
import { say } from "#web/app/i18n";
import { useAdminNavigation } from "#web/app/useNavigation";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { formatNumber } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { TextLink } from "#web/ui/Link";
import { Money } from "#web/ui/Money";
import { Page, PageHeader } from "#web/ui/Page";
import { RowsSkeleton } from "#web/ui/Skeletons";
import classes from "./Home.module.css";
import money from "./Money.module.css";
import { Charts } from "./Payments";
import { Missing } from "./parts";

const DAYS = 14;

interface Waits {
  entry: NavEntry;
  kind: string;
  count: number;
}

function Needs() {
  const { t } = useTranslation("platform/admin");
  const entries = useAdminNavigation();
  const services = useServices();
  const waiting = useWaiting();
  if (waiting.error) return <ErrorState error={waiting.error} onRetry={waiting.refetch} />;
  if (services.isPending || waiting.isPending) return <RowsSkeleton count={2} height={72} />;
  const waits: Waits[] = entries
    .flatMap((entry) =>
      (entry.waiting ?? []).map((kind) => ({ entry, kind, count: waiting.counts[kind] ?? 0 })),
    )
    .filter(({ count }) => count > 0);
  return (
    <>
      <Missing services={waiting.missing} />
      {waits.length === 0 && waiting.missing.length === 0 ? (
        <EmptyState picture="done" order={3} title={t("home.calm")} text={t("home.calmText")} />
      ) : null}
      {waits.length > 0 ? (
        <ul className={classes.needs}>
          {waits.map(({ entry, kind, count }) => (
            <li key={kind}>
              <Link to={entry.path} className={classes.need}>
                <Icon name={entry.icon} size={22} />
                <span className={classes.words}>
                  <strong>
                    {t([`home.waiting.${kind}`, "home.waiting.other"], { count, label: say(entry.label) })}
                  </strong>
                  <span>{say(entry.label)}</span>
                </span>
                <Icon name="chevronRight" size={20} />
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

function Today() {
  const { t } = useTranslation("platform/admin");
  const stats = useQuery({
    queryKey: ["admin", "stats", DAYS],
    queryFn: ({ signal }) => api.get<Stats>("/api/payment/stats", { query: { days: DAYS }, signal }),
  });
  const today = stats.data?.days.at(-1);
  // What cannot be read is said once, by the charts below.
  if (!today && !stats.isPending) return null;
  return (
    <section aria-labelledby="today" className={classes.section}>
      <div className={classes.row}>
        <h2 id="today" className={classes.heading}>
          {t("home.today")}
        </h2>
        <TextLink to="/admin/payments">{t("home.toPayments")}</TextLink>
      </div>
      {today ? <Figures today={today} /> : <RowsSkeleton count={1} height={84} />}
    </section>
  );
}

function Figures({ today }: { today: Stats["days"][number] }) {
  const { t } = useTranslation("platform/admin");
  return (
    <div className={money.figures}>
      <div className={money.figure}>
        <span>{t("home.volumeToday")}</span>
        <strong>
          <Money value={today.volume} />
        </strong>
      </div>
      <div className={money.figure}>
        <span>{t("home.refundsToday")}</span>
        <strong>
          <Money value={today.refunds} />
        </strong>
      </div>
      <div className={money.figure}>
        <span>{t("home.failedToday")}</span>
        <strong>{t("pay.count", { count: today.failed, shown: formatNumber(today.failed) })}</strong>
      </div>
    </div>
  );
}

function Services() {
  const { t } = useTranslation("platform/admin");
  const services = useServices();
  const listed = services.data ?? [];
  const { unwell, asking } = useQueries({
    queries: listed.map(({ name }) => ({
      queryKey: ["admin", "health", name],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.get<Standing>(`/api/${name}/admin/health`, { signal }),
      refetchInterval: 30_000,
    })),
    combine: (answers) => ({
      unwell: listed.filter((_, index) => answers[index]?.isError || answers[index]?.data?.ok === false),
      asking: answers.some(({ isPending }) => isPending),
    }),
  });
  if (services.error) return <ErrorState error={services.error} onRetry={services.refetch} />;
  if (services.isPending || asking) return <RowsSkeleton count={1} height={24} />;
  return (
    <p className={classes.services}>
      <Icon name={unwell.length > 0 ? "alert" : "check"} size={20} />
      <span>
        {unwell.length > 0
          ? t("home.unwell", { services: unwell.map(({ title }) => say(title)).join(", ") })
          : t("home.allWell")}
      </span>
      <TextLink to="/admin/health">{t("home.toHealth")}</TextLink>
    </p>
  );
}

/** What needs somebody now, and how today goes. */
export function Home() {
  const { t } = useTranslation("platform/admin");
  return (
    <Page>
      <PageHeader title={t("home.title")} text={t("home.text")} />
      <section aria-labelledby="needs">
        <h2 id="needs" className={classes.heading}>
          {t("home.needs")}
        </h2>
        <Needs />
      </section>
      <Today />
      <section aria-labelledby="weeks" className={classes.section}>
        <h2 id="weeks" className={classes.heading}>
          {t("home.weeks")}
        </h2>
        <Charts days={DAYS} />
      </section>
      <section aria-labelledby="services" className={classes.section}>
        <h2 id="services" className={classes.heading}>
          {t("home.services")}
        </h2>
        <Services />
      </section>
    </Page>
  );
}
