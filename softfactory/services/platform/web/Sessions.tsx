import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SessionView } from "#web/api/generated";
import { api } from "#web/api/http";
import { ConfirmDialog } from "#web/ui/ConfirmDialog";
import { ErrorState } from "#web/ui/ErrorState";
import { formatRelative, formatTime } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { MoreButton } from "#web/ui/MoreButton";
import { RowsSkeleton } from "#web/ui/Skeletons";
import { toastDone } from "#web/ui/toasts";
import { type PageOf, usePages } from "#web/ui/usePages";
import { Panel } from "./Panel";
import classes from "./Rows.module.css";

const KEY = ["platform", "sessions"] as const;

export function Sessions() {
  const { t } = useTranslation("platform");
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const sessions = usePages(KEY, (cursor, signal) =>
    api.get<PageOf<SessionView>>("/api/auth/sessions", { query: { cursor }, signal }),
  );
  const others = useMutation({
    mutationFn: () => api.delete("/api/auth/sessions"),
    onSettled: () => setAsking(false),
    onSuccess: async () => {
      toastDone(t("sessions.othersEnded"));
      await queries.invalidateQueries({ queryKey: KEY });
    },
  });
  return (
    <Panel
      title={t("sessions.title")}
      text={t("sessions.text")}
      actions={
        sessions.items.length > 1 ? (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t("sessions.others")}
          </Button>
        ) : null
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
        onConfirm={() => others.mutate()}
        title={t("sessions.others")}
        confirm={t("sessions.othersConfirm")}
        pending={others.isPending}
        dangerous
      >
        {t("sessions.othersText")}
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
  const { browser, system, handheld } = place.device;
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
          {[
            t("sessions.seen", { when: formatRelative(place.last_seen_at) }),
            t("sessions.since", { when: formatTime(place.created_at, { style: "date" }) }),
            place.ip,
          ]
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
