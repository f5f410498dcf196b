import { Button, Group, Select, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { InvitationView, MemberView, TeamView } from "#web/api/generated";
import { api } from "#web/api/http";
import { useSession } from "#web/app/session";
import { ConfirmDialog } from "#web/ui/ConfirmDialog";
import { ErrorState } from "#web/ui/ErrorState";
import { formatTime } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { RowsSkeleton } from "#web/ui/Skeletons";
import { toastDone } from "#web/ui/toasts";
import { Panel } from "../Panel";
import rows from "../Rows.module.css";
import { Invite } from "./Invite";
import { NameDialog } from "./Teams";
import { useRefreshTeams, useTeam } from "./team";

/** One team: its people, open invitations, and what its owners may do. */
export function Team({ id, onBack }: { id: string; onBack: () => void }) {
  const { t } = useTranslation("platform/rights");
  const team = useTeam(id);
  return (
    <Stack gap="md">
      <div>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<Icon name="chevronLeft" size={18} />}
          onClick={onBack}
        >
          {t("teams.back")}
        </Button>
      </div>
      {team.isPending ? <RowsSkeleton count={3} height={64} /> : null}
      {team.error ? <ErrorState error={team.error} onRetry={() => team.refetch()} order={3} /> : null}
      {team.data ? <Whole team={team.data} onGone={onBack} /> : null}
    </Stack>
  );
}

type Asking = "rename" | "invite" | "leave" | "delete" | null;

function Whole({ team, onGone }: { team: TeamView; onGone: () => void }) {
  const { t } = useTranslation("platform/rights");
  const refresh = useRefreshTeams();
  const me = useSession().user?.id;
  const [asking, setAsking] = useState<Asking>(null);
  const owner = team.role === "owner";
  const close = () => setAsking(null);
  const path = `/api/users/spaces/${team.id}`;
  const end = useMutation({
    mutationFn: () => api.delete(asking === "delete" ? path : `${path}/members/${me}`),
    onSuccess: async () => {
      toastDone(t(asking === "delete" ? "teams.deleted" : "teams.left", { name: team.name }));
      onGone();
      await refresh();
    },
    onSettled: close,
  });
  return (
    <>
      <Panel
        title={team.name}
        text={t("teams.members", { count: team.members })}
        actions={
          owner ? (
            <Group gap="xs">
              <Button variant="default" onClick={() => setAsking("rename")}>
                {t("teams.rename")}
              </Button>
              <Button onClick={() => setAsking("invite")}>{t("teams.invite")}</Button>
            </Group>
          ) : null
        }
      >
        <Stack gap={0} component="ul" className={rows.rows}>
          {team.people.map((person) => (
            <Member key={person.person_id} person={person} team={team} mine={person.person_id === me} />
          ))}
          {team.invitations.map((invitation) => (
            <Invited key={invitation.id} invitation={invitation} team={team} />
          ))}
        </Stack>
      </Panel>
      <Group gap="xs">
        <Button variant="subtle" color="red" onClick={() => setAsking("leave")}>
          {t("teams.leave")}
        </Button>
        {owner ? (
          <Button variant="subtle" color="red" onClick={() => setAsking("delete")}>
            {t("teams.delete")}
          </Button>
        ) : null}
      </Group>
      {asking === "invite" ? <Invite team={team} onClose={close} /> : null}
      {asking === "rename" ? (
        <NameDialog
          title={t("teams.rename")}
          confirm={t("shell:save")}
          initial={team.name}
          onClose={close}
          act={(name) => api.patch<TeamView>(path, { name })}
          onDone={() => toastDone(t("teams.renamed"))}
        />
      ) : null}
      <ConfirmDialog
        opened={asking === "leave" || asking === "delete"}
        onClose={close}
        onConfirm={() => end.mutate()}
        title={t(asking === "delete" ? "teams.deleteTitle" : "teams.leaveTitle", { name: team.name })}
        confirm={t(asking === "delete" ? "teams.delete" : "teams.leave")}
        pending={end.isPending}
        dangerous
      >
        {t(asking === "delete" ? "teams.deleteText" : "teams.leaveText")}
      </ConfirmDialog>
    </>
  );
}

function Member({ person, team, mine }: { person: MemberView; team: TeamView; mine: boolean }) {
  const { t } = useTranslation("platform/rights");
  const refresh = useRefreshTeams();
  const [asking, setAsking] = useState(false);
  const path = `/api/users/spaces/${team.id}/members/${person.person_id}`;
  const change = useMutation({
    mutationFn: (role: string) => api.patch<TeamView>(path, { role }),
    onSuccess: () => toastDone(t("teams.roleChanged", { name: person.name })),
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: () => api.delete(path),
    onSuccess: () => toastDone(t("teams.removed", { name: person.name })),
    onSettled: refresh,
  });
  const roles = (["owner", "member"] as const).map((value) => ({ value, label: t(`teams.role.${value}`) }));
  return (
    <li className={rows.row}>
      <Icon name="user" />
      <div className={rows.main}>
        <Text fw={600}>{mine ? t("teams.you", { name: person.name }) : person.name}</Text>
        <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          {person.email ?? t(`teams.role.${person.role}`)}
        </Text>
      </div>
      {team.role === "owner" ? (
        <Select
          aria-label={t("teams.roleOf", { name: person.name })}
          data={roles}
          value={person.role}
          allowDeselect={false}
          disabled={change.isPending}
          w={110}
          onChange={(role) => role && role !== person.role && change.mutate(role)}
        />
      ) : null}
      {team.role === "owner" && !mine ? (
        <Button
          variant="subtle"
          color="red"
          px="xs"
          loading={remove.isPending}
          aria-label={t("teams.removeOf", { name: person.name })}
          onClick={() => setAsking(true)}
        >
          <Icon name="trash" size={20} />
        </Button>
      ) : null}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          remove.mutate();
        }}
        title={t("teams.removeTitle", { name: person.name })}
        confirm={t("teams.remove")}
        dangerous
      >
        {t("teams.removeText")}
      </ConfirmDialog>
    </li>
  );
}

function Invited({ invitation, team }: { invitation: InvitationView; team: TeamView }) {
  const { t } = useTranslation("platform/rights");
  const refresh = useRefreshTeams();
  const withdraw = useMutation({
    mutationFn: () => api.delete(`/api/users/spaces/${team.id}/invitations/${invitation.id}`),
    onSuccess: () => toastDone(t("teams.withdrawn")),
    onSettled: refresh,
  });
  return (
    <li className={rows.row}>
      <Icon name="mail" />
      <div className={rows.main}>
        <Text fw={600} style={{ overflowWrap: "anywhere" }}>
          {invitation.email}
        </Text>
        <Text size="sm" c="dimmed">
          {t("teams.invitedUntil", {
            role: t(`teams.role.${invitation.role}`),
            when: formatTime(invitation.expires_at, { style: "date" }),
          })}
        </Text>
      </div>
      <Button
        variant="subtle"
        color="red"
        px="xs"
        loading={withdraw.isPending}
        aria-label={t("teams.withdrawOf", { email: invitation.email })}
        onClick={() => withdraw.mutate()}
      >
        {t("teams.withdraw")}
      </Button>
    </li>
  );
}
