import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApiKeyMade, ApiKeysView, ApiKeyView } from "#web/api/generated";
import { api } from "#web/api/http";
import { ConfirmDialog } from "#web/ui/ConfirmDialog";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { formatRelative, formatTime } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { RowsSkeleton } from "#web/ui/Skeletons";
import { StatusChip } from "#web/ui/StatusChip";
import { toastDone } from "#web/ui/toasts";
import { Panel } from "../Panel";
import rows from "../Rows.module.css";
import { KeyMade } from "./KeyMade";
import { NewKey } from "./NewKey";
import classes from "./Rights.module.css";
import { useScopeWords } from "./scopes";

const KEY = ["platform", "api-keys"] as const;

/** A person's keys for their programs. */
export function Keys() {
  const { t } = useTranslation("platform/rights");
  const queries = useQueryClient();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<ApiKeyMade | null>(null);
  const keys = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.get<ApiKeysView>("/api/auth/api-keys", { signal }),
  });
  const open = () => setMaking(true);
  const items = keys.data?.items ?? [];
  return (
    <Panel
      title={t("keys.title")}
      text={t("keys.text")}
      actions={
        items.length > 0 ? (
          <Button
            variant="default"
            leftSection={<Icon name="plus" size={18} />}
            disabled={items.length >= (keys.data?.limit ?? 0)}
            onClick={open}
          >
            {t("keys.new")}
          </Button>
        ) : null
      }
    >
      {keys.isPending ? <RowsSkeleton count={2} height={72} /> : null}
      {keys.error ? <ErrorState error={keys.error} onRetry={() => keys.refetch()} order={3} /> : null}
      {keys.data && items.length === 0 ? (
        <EmptyState
          order={3}
          title={t("keys.none")}
          text={t("keys.noneText")}
          action={<Button onClick={open}>{t("keys.new")}</Button>}
        />
      ) : null}
      <Stack gap={0} component="ul" className={rows.rows}>
        {items.map((key) => (
          <KeyRow key={key.id} apiKey={key} />
        ))}
      </Stack>
      {making && keys.data ? (
        <NewKey
          known={keys.data.known_scopes}
          onClose={() => setMaking(false)}
          onMade={(key) => {
            setMaking(false);
            setMade(key);
            void queries.invalidateQueries({ queryKey: KEY });
          }}
        />
      ) : null}
      {made ? <KeyMade apiKey={made} onClose={() => setMade(null)} /> : null}
    </Panel>
  );
}

function KeyRow({ apiKey }: { apiKey: ApiKeyView }) {
  const { t } = useTranslation("platform/rights");
  const words = useScopeWords();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const drop = useMutation({
    mutationFn: () => api.delete(`/api/auth/api-keys/${apiKey.id}`),
    onSuccess: async () => {
      toastDone(t("keys.dropped"));
      await queries.invalidateQueries({ queryKey: KEY });
    },
  });
  const over = apiKey.expires_at !== null && new Date(apiKey.expires_at) < new Date();
  const used = apiKey.last_used_at
    ? t("keys.used", { when: formatRelative(apiKey.last_used_at) })
    : t("keys.unused");
  const until = apiKey.expires_at
    ? t("keys.until", { when: formatTime(apiKey.expires_at, { style: "date" }) })
    : t("keys.endless");
  return (
    <li className={rows.row}>
      <Icon name="key" />
      <div className={rows.main}>
        <Group gap="xs">
          <Text fw={600}>{apiKey.name}</Text>
          <code className={classes.prefix}>{apiKey.prefix}…</code>
          {over ? <StatusChip tone="neutral">{t("keys.over")}</StatusChip> : null}
        </Group>
        <Text size="sm">{apiKey.scopes.map(words).join(", ")}</Text>
        <Text size="sm" c="dimmed">
          {[used, until].join(" · ")}
        </Text>
      </div>
      <Button
        variant="subtle"
        color="red"
        px="xs"
        onClick={() => setAsking(true)}
        aria-label={t("keys.dropOf", { name: apiKey.name })}
      >
        {t("keys.drop")}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => drop.mutate()}
        title={t("keys.dropTitle", { name: apiKey.name })}
        confirm={t("keys.drop")}
        pending={drop.isPending}
        dangerous
      >
        {t("keys.dropText")}
      </ConfirmDialog>
    </li>
  );
}
