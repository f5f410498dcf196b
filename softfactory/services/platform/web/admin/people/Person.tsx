import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ReasonDialog } from "#web/admin/ReasonDialog";
import type { PersonDetail } from "#web/api/generated";
import { api } from "#web/api/http";
import { useSession } from "#web/app/session";
import { ErrorState } from "#web/ui/ErrorState";
import { formatRelative, formatTime } from "#web/ui/format";
import { Page, PageHeader } from "#web/ui/Page";
import { PageSkeleton } from "#web/ui/Skeletons";
import { StatusChip } from "#web/ui/StatusChip";
import { Timeline } from "#web/ui/Timeline";
import { useActWords } from "./acts";
import classes from "./People.module.css";
import { AUDIT, PEOPLE, TONE, usePerson } from "./queries";
import { RolesDialog } from "./RolesDialog";

/** One person: what they may do and why, and what was done. */
export function Person() {
  const { t } = useTranslation("platform/people");
  const { personId = "" } = useParams({ strict: false }) as { personId?: string };
  const person = usePerson(personId);
  if (person.isPending)
    return (
      <Page width="wide">
        <PageSkeleton />
      </Page>
    );
  if (person.error)
    return (
      <Page width="wide">
        <PageHeader title={t("title")} back={{ to: "/admin/people", label: t("title") }} />
        <ErrorState error={person.error} onRetry={() => person.refetch()} />
      </Page>
    );
  return <Whole person={person.data.data} version={person.data.version} />;
}

type Asking = "suspend" | "restore" | "roles" | null;

function Whole({ person, version }: { person: PersonDetail; version: string | null }) {
  const { t } = useTranslation("platform/people");
  const queries = useQueryClient();
  const me = useSession().user?.id;
  const [asking, setAsking] = useState<Asking>(null);
  const name = person.name || t("nameless");
  const close = () => setAsking(null);
  const fixed = person.demo || person.id === me || !["active", "suspended"].includes(person.status);
  const change = async (wish: Record<string, unknown>) => {
    try {
      await api.patch(`/api/users/${person.id}`, wish, { ifMatch: version ?? undefined });
    } finally {
      await queries.invalidateQueries({ queryKey: PEOPLE });
      await queries.invalidateQueries({ queryKey: AUDIT });
    }
  };
  return (
    <Page width="wide" title={name}>
      <PageHeader
        title={name}
        text={person.email}
        back={{ to: "/admin/people", label: t("title") }}
        actions={
          fixed ? null : (
            <>
              <Button variant="default" onClick={() => setAsking("roles")}>
                {t("changeRoles")}
              </Button>
              {person.status === "active" ? (
                <Button variant="outline" color="red" onClick={() => setAsking("suspend")}>
                  {t("suspend")}
                </Button>
              ) : (
                <Button onClick={() => setAsking("restore")}>{t("restore")}</Button>
              )}
            </>
          )
        }
      />
      {fixed && person.status === "active" ? (
        <Text c="dimmed" mb="md">
          {t(person.demo ? "fixedDemo" : "fixedSelf")}
        </Text>
      ) : null}
      <div className={classes.columns}>
        <Stack gap="xl">
          <Facts person={person} />
          <Grants person={person} />
        </Stack>
        <section aria-labelledby="history">
          <Title order={2} size="h3" id="history" mb="md">
            {t("history")}
          </Title>
          <History person={person} />
        </section>
      </div>
      {asking === "roles" ? (
        <RolesDialog
          person={person}
          onClose={close}
          act={(roles, reason) => change({ roles, reason })}
          done={t("rolesChanged", { name })}
        />
      ) : null}
      {asking === "suspend" || asking === "restore" ? (
        <ReasonDialog
          title={t(`${asking}Title`, { name })}
          confirm={t(asking)}
          dangerous={asking === "suspend"}
          done={t(`${asking}Done`, { name })}
          onClose={close}
          act={(reason) => change({ status: asking === "suspend" ? "suspended" : "active", reason })}
        >
          {t(`${asking}Text`)}
        </ReasonDialog>
      ) : null}
    </Page>
  );
}

function Facts({ person }: { person: PersonDetail }) {
  const { t } = useTranslation("platform/people");
  const facts: [string, React.ReactNode][] = [
    [
      t("status"),
      <StatusChip key="status" tone={TONE[person.status]}>
        {t(`statuses.${person.status}`)}
      </StatusChip>,
    ],
    [t("since"), formatTime(person.created_at)],
    [t("sessions"), t("sessionsCount", { count: person.sessions })],
    [t("lastSeen"), person.last_seen_at ? formatRelative(person.last_seen_at) : t("never")],
    [t("keys"), t("keysCount", { count: person.api_keys })],
    [t("language"), t(`languages.${person.language}`, { defaultValue: person.language })],
    [t("zone"), person.zone],
    ["ID", <code key="id">{person.id}</code>],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Grants({ person }: { person: PersonDetail }) {
  const { t } = useTranslation("platform/people");
  return (
    <section aria-labelledby="roles">
      <Title order={2} size="h3" id="roles" mb="sm">
        {t("roles")}
      </Title>
      {person.grants.length === 0 ? <Text c="dimmed">{t("noRoles")}</Text> : null}
      <ul className={classes.grants}>
        {person.grants.map((grant) => (
          <li key={grant.role}>
            <Group justify="space-between" gap="xs">
              <Text fw={600}>{t(`role.${grant.role}`)}</Text>
              <Text size="sm" c="dimmed">
                {formatTime(grant.granted_at, { style: "date" })}
              </Text>
            </Group>
            <Text size="sm" c="dimmed">
              {grant.granted_by
                ? grant.reason
                : t(`grantedFor.${grant.reason}`, { defaultValue: grant.reason })}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  );
}

function History({ person }: { person: PersonDetail }) {
  const { t } = useTranslation("platform/people");
  const words = useActWords();
  if (person.history.length === 0) return <Text c="dimmed">{t("noHistory")}</Text>;
  return (
    <Timeline
      entries={person.history.map((entry) => ({
        id: entry.id,
        at: entry.at,
        title: words.title(entry),
        text: words.text(entry),
      }))}
    />
  );
}
