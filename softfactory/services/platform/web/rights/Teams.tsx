import { Button, Group, Modal, Stack, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SpacesView, TeamView } from "#web/api/generated";
import { api } from "#web/api/http";
import { fieldErrors } from "#web/api/problem";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { FormErrors } from "#web/ui/FormErrors";
import { Icon } from "#web/ui/icons";
import { Panel } from "#web/ui/Panel";
import { RowsSkeleton } from "#web/ui/Skeletons";
import { toastDone } from "#web/ui/toasts";
import { useFilters } from "#web/ui/useFilters";
import { useFocusBack } from "#web/ui/useFocusBack";
import rows from "../Rows.module.css";
import classes from "./Rights.module.css";
import { Team } from "./Team";
import { SPACES } from "./team";

/** The teams of a person; the one that is looked at is in the address. */
export function Teams() {
  const { t } = useTranslation("platform/rights");
  const { values, set } = useFilters(["team"] as const);
  const [making, setMaking] = useState(false);
  const spaces = useQuery({
    queryKey: SPACES,
    queryFn: ({ signal }) => api.get<SpacesView>("/api/users/spaces", { signal }),
  });
  if (values.team) return <Team id={values.team} onBack={() => set({ team: null })} />;
  const teams = spaces.data?.items.filter((space) => space.kind === "team") ?? [];
  return (
    <Panel
      title={t("teams.title")}
      text={t("teams.text")}
      actions={
        teams.length > 0 ? (
          <Button
            variant="default"
            leftSection={<Icon name="plus" size={18} />}
            onClick={() => setMaking(true)}
          >
            {t("teams.new")}
          </Button>
        ) : null
      }
    >
      {spaces.isPending ? <RowsSkeleton count={2} height={56} /> : null}
      {spaces.error ? <ErrorState error={spaces.error} onRetry={() => spaces.refetch()} order={3} /> : null}
      {spaces.data && teams.length === 0 ? (
        <EmptyState
          order={3}
          title={t("teams.none")}
          text={t("teams.noneText")}
          action={<Button onClick={() => setMaking(true)}>{t("teams.new")}</Button>}
        />
      ) : null}
      <Stack gap={0} component="ul" className={rows.rows}>
        {teams.map((team) => (
          <li key={team.id}>
            <UnstyledButton className={classes.team} onClick={() => set({ team: team.id })}>
              <Icon name="users" />
              <div className={rows.main}>
                <Text fw={600}>{team.name}</Text>
                <Text size="sm" c="dimmed">
                  {[t(`teams.role.${team.role}`), t("teams.members", { count: team.members })].join(" · ")}
                </Text>
              </div>
              <Icon name="chevronRight" size={20} />
            </UnstyledButton>
          </li>
        ))}
      </Stack>
      {making ? (
        <NameDialog
          title={t("teams.newTitle")}
          confirm={t("teams.make")}
          onClose={() => setMaking(false)}
          act={(name) => api.post<TeamView>("/api/users/spaces", { name })}
          onDone={(team) => {
            toastDone(t("teams.made", { name: team.name }));
            set({ team: team.id });
          }}
        />
      ) : null}
    </Panel>
  );
}

interface NameDialogProps {
  title: string;
  confirm: string;
  initial?: string;
  act: (name: string) => Promise<TeamView>;
  onDone: (team: TeamView) => void;
  onClose: () => void;
}

/** Asks for a team's name. */
export function NameDialog(props: NameDialogProps) {
  useFocusBack();
  const { t } = useTranslation("platform/rights");
  const queries = useQueryClient();
  const [name, setName] = useState(props.initial ?? "");
  const [tried, setTried] = useState(false);
  const acting = useMutation({
    mutationFn: () => props.act(name.trim()),
    meta: { quiet: true },
    onSuccess: async (team) => {
      props.onClose();
      props.onDone(team);
      await queries.invalidateQueries({ queryKey: SPACES });
    },
  });
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ "aria-label": t("shell:close"), size: 44 }}
      styles={{ title: { fontWeight: 700, fontSize: "1.125rem" } }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (name.trim()) acting.mutate();
        }}
      >
        <Stack gap="md">
          <FormErrors error={acting.error} labels={{ name: t("teams.name") }} />
          <TextInput
            id="name"
            data-autofocus
            required
            withAsterisk={false}
            label={t("teams.name")}
            maxLength={60}
            value={name}
            error={tried && !name.trim() ? t("teams.nameFirst") : fieldErrors(acting.error).name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose} disabled={acting.isPending}>
              {t("shell:cancel")}
            </Button>
            <Button type="submit" loading={acting.isPending}>
              {props.confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
