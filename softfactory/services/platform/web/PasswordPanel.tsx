import { Button, Group, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { WaysView } from "#web/api/generated";
import { api, NEEDS_PROOF } from "#web/api/http";
import { ApiError, fieldErrors } from "#web/api/problem";
import { useSession } from "#web/app/session";
import { FormErrors } from "#web/ui/FormErrors";
import { toastDone } from "#web/ui/toasts";
import { NewPassword } from "./NewPassword";
import { Panel } from "./Panel";
import { passwordProblem } from "./rules";
import { WAYS } from "./ways";

/** Setting another password; the other devices are signed out. */
export function PasswordPanel({ ways }: { ways: WaysView }) {
  const { t } = useTranslation("platform/security");
  const [open, setOpen] = useState(false);
  return (
    <Panel title={t("password.title")} text={t("password.text")}>
      {open ? <PasswordForm onClose={() => setOpen(false)} /> : null}
      {open || ways.demo ? null : (
        <Button variant="default" onClick={() => setOpen(true)}>
          {t(ways.password ? "password.change" : "password.set")}
        </Button>
      )}
      {ways.demo ? (
        <Text size="sm" c="dimmed">
          {t("password.demo")}
        </Text>
      ) : null}
    </Panel>
  );
}

function PasswordForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["platform/security", "platform"]);
  const queries = useQueryClient();
  const { user } = useSession();
  const form = useForm({
    initialValues: { password: "" },
    validate: {
      password: (value) => {
        const broken = passwordProblem(value);
        return broken ? t(`platform:rule.${broken}`) : null;
      },
    },
  });
  const change = useMutation({
    mutationFn: (password: string) => api.put("/api/auth/password", { password }),
    meta: { quiet: true },
    onError: (error) => form.setErrors(fieldErrors(error)),
    onSuccess: async () => {
      toastDone(t("password.changed"));
      onClose();
      await queries.invalidateQueries({ queryKey: WAYS });
    },
  });
  const declined = change.error instanceof ApiError && change.error.code === NEEDS_PROOF;
  return (
    <form onSubmit={form.onSubmit(({ password }) => change.mutate(password))} noValidate>
      <Stack gap="md">
        <FormErrors error={declined ? null : change.error} labels={{ password: t("password.new") }} />
        {/* For password keepers, which want to know whose password it is. */}
        <input type="text" autoComplete="username" value={user?.email ?? ""} readOnly hidden />
        <NewPassword
          id="password"
          label={t("password.new")}
          data-autofocus
          {...form.getInputProps("password")}
          value={form.values.password}
        />
        <Group gap="xs">
          <Button type="submit" loading={change.isPending}>
            {t("password.change")}
          </Button>
          <Button variant="default" onClick={onClose} disabled={change.isPending}>
            {t("shell:cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
