import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ExportsView, ExportView } from "#web/api/generated";
import { api, sessionFetch } from "#web/api/http";
import { problemOf } from "#web/api/problem";
import { ErrorState } from "#web/ui/ErrorState";
import { formatNumber, formatTime } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { RowsSkeleton } from "#web/ui/Skeletons";
import { toastDone } from "#web/ui/toasts";
import { Panel } from "../Panel";
import rows from "../Rows.module.css";

const KEY = ["platform", "exports"] as const;
const LOOK_AGAIN_MS = 2000;

interface Job {
  state: string;
  progress: { done: number; total: number } | null;
}

/** Files with everything about a person: being made, and there for seven days. */
export function Exports() {
  const { t } = useTranslation("platform/rights");
  const queries = useQueryClient();
  const exports = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.get<ExportsView>("/api/users/me/exports", { signal }),
    refetchInterval: ({ state }) =>
      state.data?.items.some((item) => item.state === "making") ? LOOK_AGAIN_MS : false,
  });
  const ask = useMutation({
    mutationFn: () => api.get("/api/users/me/export"),
    onSuccess: async () => {
      toastDone(t("data.asked"));
      await queries.invalidateQueries({ queryKey: KEY });
    },
  });
  const making = exports.data?.items.some((item) => item.state === "making") ?? false;
  return (
    <Panel title={t("data.title")} text={t("data.text")}>
      <Button
        leftSection={<Icon name="share" size={18} />}
        disabled={making}
        loading={ask.isPending}
        onClick={() => ask.mutate()}
      >
        {t("data.ask")}
      </Button>
      {exports.isPending ? <RowsSkeleton count={1} height={64} /> : null}
      {exports.error ? (
        <ErrorState error={exports.error} onRetry={() => exports.refetch()} order={3} />
      ) : null}
      <Stack gap={0} component="ul" className={rows.rows} mt="sm">
        {exports.data?.items.map((item) =>
          item.state === "making" ? (
            <Making key={item.id} item={item} />
          ) : (
            <Ready key={item.id} item={item} />
          ),
        )}
      </Stack>
    </Panel>
  );
}

function Making({ item }: { item: ExportView }) {
  const { t } = useTranslation("platform/rights");
  const job = useQuery({
    queryKey: ["platform", "job", item.job_id],
    queryFn: ({ signal }) => api.get<Job>(`/api/platform/jobs/${item.job_id}`, { signal }),
    enabled: item.job_id !== null,
    refetchInterval: LOOK_AGAIN_MS,
  });
  const { done, total } = job.data?.progress ?? { done: 0, total: 1 };
  const stuck = job.data?.state === "failed" || job.data?.state === "dead";
  return (
    <li className={rows.row}>
      <Icon name={stuck ? "alert" : "clock"} />
      <div className={rows.main}>
        <Text fw={600}>{t(stuck ? "data.slow" : "data.making")}</Text>
        <Progress
          value={Math.max(8, (done / total) * 100)}
          animated
          mt={6}
          aria-label={t("data.making")}
          size="sm"
        />
      </div>
    </li>
  );
}

function Ready({ item }: { item: ExportView }) {
  const { t } = useTranslation("platform/rights");
  const download = useMutation({ mutationFn: () => save(item) });
  const size = formatNumber(Math.max(1, Math.round((item.size ?? 0) / 1024)));
  return (
    <li className={rows.row}>
      <Icon name="check" />
      <div className={rows.main}>
        <Text fw={600}>{t("data.file", { when: formatTime(item.created_at) })}</Text>
        <Group gap={4}>
          <Text size="sm" c="dimmed">
            {t("data.size", { size })} ·{" "}
            {item.expires_at
              ? t("data.until", { when: formatTime(item.expires_at, { style: "date" }) })
              : null}
          </Text>
        </Group>
      </div>
      <Button variant="default" loading={download.isPending} onClick={() => download.mutate()}>
        {t("data.download")}
      </Button>
    </li>
  );
}

/** The file comes with the session's token, so it is fetched and then handed to the browser to keep. */
async function save(item: ExportView): Promise<void> {
  const answer = await sessionFetch(`${window.location.origin}/api/users/me/exports/${item.id}`);
  if (!answer.ok)
    throw problemOf(
      answer.status,
      await answer.json().catch(() => undefined),
      answer.headers.get("X-Request-Id"),
    );
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = `softfactory-${item.created_at.slice(0, 10)}.zip`;
  link.click();
  URL.revokeObjectURL(link.href);
}
