import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PasskeysView, PasskeyView, WaysView } from "#web/api/generated";
import { api } from "#web/api/http";
import { newPasskey, PasskeyStopped, passkeysWork } from "#web/app/passkeys";
import { ConfirmDialog } from "#web/ui/ConfirmDialog";
import { ErrorState } from "#web/ui/ErrorState";
import { formatRelative, formatTime } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { RowsSkeleton } from "#web/ui/Skeletons";
import { toastDone, toastInfo, toastProblem } from "#web/ui/toasts";
import { Panel } from "./Panel";
import classes from "./Rows.module.css";
import { PASSKEYS, WAYS } from "./ways";

/** Keys on devices and in key chains, which replace the password and the code. */
export function PasskeysPanel({ ways }: { ways: WaysView }) {
  const { t } = useTranslation("platform/security");
  const read = useRead();
  const list = useQuery({
    queryKey: PASSKEYS,
    queryFn: ({ signal }) => api.get<PasskeysView>("/api/auth/passkeys", { signal }),
  });
  const add = useMutation({
    mutationFn: async () => api.post<PasskeyView>("/api/auth/passkeys", { credential: await newPasskey() }),
    meta: { quiet: true },
    onError: (error) => {
      if (error instanceof PasskeyStopped) toastInfo(t("passkeys.stopped"));
      // The device holds a passkey of this account already.
      else if (error instanceof DOMException && error.name === "InvalidStateError")
        toastInfo(t("passkeys.known"));
      else toastProblem(error);
    },
    onSuccess: async (made) => {
      toastDone(t("passkeys.added", { name: made.name }));
      await read();
    },
  });
  const items = list.data?.items ?? [];
  const able = passkeysWork();
  return (
    <Panel
      title={t("passkeys.title")}
      text={t("passkeys.text")}
      actions={
        able && !ways.demo ? (
          <Button variant="default" loading={add.isPending} onClick={() => add.mutate()}>
            {t("passkeys.add")}
          </Button>
        ) : null
      }
    >
      {list.isPending ? <RowsSkeleton count={1} height={56} /> : null}
      {list.error ? <ErrorState error={list.error} onRetry={list.refetch} order={3} /> : null}
      {list.isSuccess && items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t(able ? "passkeys.none" : "passkeys.unable")}
        </Text>
      ) : null}
      <Stack gap={0} component="ul" className={classes.rows}>
        {items.map((passkey) => (
          <PasskeyRow key={passkey.id} passkey={passkey} />
        ))}
      </Stack>
    </Panel>
  );
}

function useRead() {
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries({ queryKey: PASSKEYS });
    await queries.invalidateQueries({ queryKey: WAYS });
  };
}

function PasskeyRow({ passkey }: { passkey: PasskeyView }) {
  const { t } = useTranslation("platform/security");
  const read = useRead();
  const [asking, setAsking] = useState<"rename" | "remove" | null>(null);
  const path = `/api/auth/passkeys/${passkey.id}`;
  const remove = useMutation({
    mutationFn: () => api.delete(path),
    onSettled: () => setAsking(null),
    onSuccess: async () => {
      toastDone(t("passkeys.removed"));
      await read();
    },
  });
  const used = passkey.last_used_at
    ? t("passkeys.used", { when: formatRelative(passkey.last_used_at) })
    : t("passkeys.unused");
  return (
    <li className={classes.row}>
      <Icon name="key" />
      <div className={classes.main}>
        <Text fw={600} style={{ overflowWrap: "anywhere" }}>
          {passkey.name}
        </Text>
        <Text size="sm" c="dimmed">
          {[used, t("passkeys.since", { when: formatTime(passkey.created_at, { style: "date" }) })].join(
            " · ",
          )}
        </Text>
      </div>
      <Group gap={4} wrap="nowrap">
        <Button
          variant="subtle"
          onClick={() => setAsking("rename")}
          aria-label={t("passkeys.renameOf", { name: passkey.name })}
        >
          {t("passkeys.rename")}
        </Button>
        <Button
          variant="subtle"
          color="red"
          onClick={() => setAsking("remove")}
          aria-label={t("passkeys.removeOf", { name: passkey.name })}
        >
          {t("passkeys.remove")}
        </Button>
      </Group>
      <Modal
        opened={asking === "rename"}
        onClose={() => setAsking(null)}
        title={t("passkeys.renameTitle")}
        closeButtonProps={{ "aria-label": t("shell:close"), size: 44 }}
        styles={{ title: { fontWeight: 700, fontSize: "1.125rem" } }}
      >
        <Rename passkey={passkey} onClose={() => setAsking(null)} />
      </Modal>
      <ConfirmDialog
        opened={asking === "remove"}
        onClose={() => setAsking(null)}
        onConfirm={() => remove.mutate()}
        title={t("passkeys.removeTitle")}
        confirm={t("passkeys.removeConfirm")}
        pending={remove.isPending}
        dangerous
      >
        {t("passkeys.removeText", { name: passkey.name })}
      </ConfirmDialog>
    </li>
  );
}

function Rename({ passkey, onClose }: { passkey: PasskeyView; onClose: () => void }) {
  const { t } = useTranslation(["platform/security", "platform"]);
  const read = useRead();
  const [name, setName] = useState(passkey.name);
  const [missing, setMissing] = useState(false);
  const rename = useMutation({
    mutationFn: () => api.patch(`/api/auth/passkeys/${passkey.id}`, { name: name.trim() }),
    onSuccess: async () => {
      onClose();
      await read();
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!name.trim());
    if (name.trim()) rename.mutate();
  };
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <TextInput
          label={t("passkeys.name")}
          description={t("passkeys.nameHint")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={missing && !name.trim() ? t("platform:rule.required") : undefined}
          maxLength={60}
          data-autofocus
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} disabled={rename.isPending}>
            {t("shell:cancel")}
          </Button>
          <Button type="submit" loading={rename.isPending}>
            {t("shell:save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
