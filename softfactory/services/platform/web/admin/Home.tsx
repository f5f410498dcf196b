import { SimpleGrid } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useServices, useWaiting } from "#web/admin/waiting";
import type { NavEntry } from "#web/app/feature";
import { say } from "#web/app/i18n";
import { useAdminNavigation } from "#web/app/useNavigation";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { Icon } from "#web/ui/icons";
import { Page, PageHeader } from "#web/ui/Page";
import { RowsSkeleton } from "#web/ui/Skeletons";
import classes from "./Home.module.css";

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
  if (services.isPending || waiting.isPending) return <RowsSkeleton count={3} height={64} />;
  const waits: Waits[] = entries
    .flatMap((entry) =>
      (entry.waiting ?? []).map((kind) => ({ entry, kind, count: waiting.counts[kind] ?? 0 })),
    )
    .filter(({ count }) => count > 0);
  return (
    <>
      {waiting.missing.map((service) => (
        <p key={service.name} className={classes.away} role="status">
          <Icon name="alert" size={20} />
          {t("home.away", { service: say(service.title) })}
        </p>
      ))}
      {waits.length === 0 ? (
        <EmptyState picture="done" title={t("home.calm")} text={t("home.calmText")} />
      ) : (
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
      )}
    </>
  );
}

/** What needs somebody now, and how today goes. */
export function Home() {
  const { t } = useTranslation("platform/admin");
  return (
    <Page>
      <PageHeader title={t("home.title")} text={t("home.text")} />
      <SimpleGrid cols={1} spacing="xl">
        <section aria-labelledby="needs">
          <h2 id="needs" className={classes.heading}>
            {t("home.needs")}
          </h2>
          <Needs />
        </section>
      </SimpleGrid>
    </Page>
  );
}
