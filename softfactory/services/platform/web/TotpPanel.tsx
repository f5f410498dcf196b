import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecoveryCodesView, TotpStartView, WaysView } from "#web/api/generated";
import { api } from "#web/api/http";
import { ConfirmDialog } from "#web/ui/ConfirmDialog";
import { Icon } from "#web/ui/icons";
import { StatusChip } from "#web/ui/StatusChip";
import { toastDone } from "#web/ui/toasts";
import { Panel } from "./Panel";
import { RecoveryCodes } from "./RecoveryCodes";
import { TotpSetup } from "./TotpSetup";
import { WAYS } from "./ways";

const FEW = 3;

/** The authenticator app: setting it up, its recovery codes, and leaving it. */
export function TotpPanel({ ways }: { ways: WaysView }) {
  const { t } = useTranslation("platform/security");
  const queries = useQueryClient();
  const [started, setStarted] = useState<TotpStartView | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [asking, setAsking] = useState<"remove" | "renew" | null>(null);
  const read = () => queries.invalidateQueries({ queryKey: WAYS });
  const start = useMutation({
    mutationFn: () => api.post<TotpStartView>("/api/auth/totp"),
    onSuccess: setStarted,
  });
  const renew = useMutation({
    mutationFn: () => api.post<RecoveryCodesView>("/api/auth/totp/recovery-codes"),
    onSettled: () => setAsking(null),
    onSuccess: async (told) => {
      setCodes(told.recovery_codes);
      await read();
    },
  });
  const remove = useMutation({
    mutationFn: () => api.delete("/api/auth/totp"),
    onSettled: () => setAsking(null),
    onSuccess: async () => {
      toastDone(t("totp.removed"));
      await read();
    },
  });
  const confirmed = async (told: string[]) => {
    setStarted(null);
    setCodes(told);
    await read();
  };
  return (
    <Panel
      title={t("totp.title")}
      text={t("totp.text")}
      actions={ways.totp ? <StatusChip tone="good">{t("totp.on")}</StatusChip> : null}
    >
      {ways.totp ? (
        <Stack gap="md">
          {ways.recovery_codes_left <= FEW ? (
            <Alert color="yellow" icon={<Icon name="alert" />}>
              {t("codes.few", { count: ways.recovery_codes_left })}
            </Alert>
          ) : (
            <Text size="sm">{t("codes.left", { count: ways.recovery_codes_left })}</Text>
          )}
          <Group gap="xs">
            <Button variant="default" onClick={() => setAsking("renew")}>
              {t("codes.renew")}
            </Button>
            <Button variant="subtle" color="red" onClick={() => setAsking("remove")}>
              {t("totp.remove")}
            </Button>
          </Group>
        </Stack>
      ) : ways.demo ? (
        <Text size="sm" c="dimmed">
          {t("totp.off")}
        </Text>
      ) : (
        <Button variant="default" loading={start.isPending} onClick={() => start.mutate()}>
          {t("totp.start")}
        </Button>
      )}
      <Modal
        opened={started !== null}
        onClose={() => setStarted(null)}
        title={t("setup.title")}
        closeButtonProps={{ "aria-label": t("shell:close"), size: 44 }}
        styles={{ title: { fontWeight: 700, fontSize: "1.125rem" } }}
      >
        {started ? <TotpSetup started={started} onConfirmed={confirmed} /> : null}
      </Modal>
      <Modal
        opened={codes !== null}
        onClose={() => setCodes(null)}
        title={t("codes.title")}
        // They are told this once: a stray press beside the dialog must not lose them.
        closeOnClickOutside={false}
        closeButtonProps={{ "aria-label": t("shell:close"), size: 44 }}
        styles={{ title: { fontWeight: 700, fontSize: "1.125rem" } }}
      >
        {codes ? <RecoveryCodes codes={codes} onDone={() => setCodes(null)} /> : null}
      </Modal>
      <ConfirmDialog
        opened={asking === "renew"}
        onClose={() => setAsking(null)}
        onConfirm={() => renew.mutate()}
        title={t("codes.renew")}
        confirm={t("codes.renewConfirm")}
        pending={renew.isPending}
      >
        {t("codes.renewText")}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === "remove"}
        onClose={() => setAsking(null)}
        onConfirm={() => remove.mutate()}
        title={t("totp.remove")}
        confirm={t("totp.removeConfirm")}
        pending={remove.isPending}
        dangerous
      >
        {t("totp.removeText")}
      </ConfirmDialog>
    </Panel>
  );
}
