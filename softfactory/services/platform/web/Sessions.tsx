import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SessionView } from "#web/api/generated";
import { api } from "#web/api/http";
import { signOut } from "#web/app/signOut";
import { ConfirmDialog } from "#web/ui/ConfirmDialog";
import { ErrorState } from "#web/ui/ErrorState";
import { formatRelative } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { MoreButton } from "#web/ui/MoreButton";
import { RowsSkeleton } from "#web/ui/Skeletons";
import { toastDone } from "#web/ui/toasts";
import { type PageOf, usePages } from "#web/ui/usePages";
import { device } from "./device";
import { Panel } from "./Panel";
import classes from "./Rows.module.css";

const KEY = ["platform", "sessions"] as const;

export function Sessions() {
  const { t } = useTranslation("platform");
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const sessions = usePages(KEY, (cursor, signal) =>
    api.get<PageOf<SessionView>>("/api/auth/sessions", { query: { cursor }, signal }),
  );
  const everywhere = useMutation({
    mutationFn: () => signOut({ everywhere: true }),
    onSuccess: () => navigate({ to: "/" }),
  });
  return (
    <Panel
      title={t("sessions.title")}
      text={t("sessions.text")}
      actions={
        <Button variant="default" onClick={() => setAsking(true)}>
          {t("sessions.everywhere")}
        </Button>
      }
    >
      {sessions.isPending ? <RowsSkeleton count={2} height={64} /> : null}
      {sessions.error ? <ErrorState error={sessions.error} onRetry={sessions.refetch} order={3} /> : null}
      <Stack gap={0} component="ul" className={classes.rows}>
        {sessions.items.map((place) => (
          <SessionRow key={place.id} place={place} />
        ))}
      </Stack>
      <MoreButton {...sessions} />
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => everywhere.mutate()}
        title={t("sessions.everywhere")}
        confirm={t("sessions.everywhereConfirm")}
        pending={everywhere.isPending}
        dangerous
      >
        {t("sessions.everywhereText")}
      </ConfirmDialog>
    </Panel>
  );
}

function SessionRow({ place }: { place: SessionView }) {
  const { t } = useTranslation("platform");
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => api.delete(`/api/auth/sessions/${place.id}`),
    onSuccess: async () => {
      toastDone(t("sessions.ended"));
      await queries.invalidateQueries({ queryKey: KEY });
    },
  });
  const { browser, system, handheld } = device(place.user_agent);
  const name = [browser, system].filter(Boolean).join(" · ") || t("sessions.unknown");
  return (
    <li className={classes.row}>
      <Icon name={handheld ? "phone" : "device"} />
      <div className={classes.main}>
        <Group gap="xs">
          <Text fw={600}>{name}</Text>
          {place.current ? (
            <Badge variant="light" tt="none">
              {t("sessions.current")}
            </Badge>
          ) : null}
        </Group>
        <Text size="sm" c="dimmed">
          {[t("sessions.seen", { when: formatRelative(place.last_seen_at) }), place.ip]
            .filter(Boolean)
            .join(" · ")}
        </Text>
      </div>
      {place.current ? null : (
        <Button
          variant="subtle"
          color="red"
          loading={end.isPending}
          onClick={() => end.mutate()}
          aria-label={t("sessions.endOf", { name })}
        >
          {t("sessions.end")}
        </Button>
      )}
    </li>
  );
}
