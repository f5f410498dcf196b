import { Alert, Button, Divider, Modal, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { WaysView } from "#web/api/generated";
import { api } from "#web/api/http";
import { fieldErrors } from "#web/api/problem";
import { answerWithPasskey, PasskeyStopped, passkeysWork } from "#web/app/passkeys";
import { endStepUp } from "#web/app/stepUp";
import { ErrorState } from "#web/ui/ErrorState";
import { Icon } from "#web/ui/icons";
import { problemText } from "#web/ui/problemText";
import { FormSkeleton } from "#web/ui/Skeletons";

/** Asks who is there before an act that matters; the act that waits goes on by itself afterwards. */
export function StepUpDialog({ opened }: { opened: boolean }) {
  const { t } = useTranslation("shell/step-up");
  return (
    <Modal
      opened={opened}
      onClose={() => endStepUp(false)}
      title={t("title")}
      closeButtonProps={{ "aria-label": t("shell:close"), size: 44 }}
      styles={{ title: { fontWeight: 700, fontSize: "1.125rem" } }}
      zIndex={400}
    >
      <Proofs />
    </Modal>
  );
}

function Proofs() {
  const { t } = useTranslation("shell/step-up");
  const ways = useQuery({
    queryKey: ["platform", "ways"],
    queryFn: ({ signal }) => api.get<WaysView>("/api/auth/ways", { signal }),
  });
  return (
    <Stack gap="md">
      <Text c="dimmed">{t("text")}</Text>
      {ways.isPending ? <FormSkeleton /> : null}
      {ways.error ? <ErrorState error={ways.error} onRetry={ways.refetch} order={3} /> : null}
      {ways.data ? <Proof ways={ways.data} /> : null}
    </Stack>
  );
}

type Typed = "password" | "code";

function Proof({ ways }: { ways: WaysView }) {
  const { t } = useTranslation("shell/step-up");
  const typed: Typed[] = [
    ...(ways.password ? (["password"] as const) : []),
    ...(ways.totp ? (["code"] as const) : []),
  ];
  const [way, setWay] = useState<Typed | undefined>(typed[0]);
  const [value, setValue] = useState("");
  const [missing, setMissing] = useState(false);
  const confirm = useMutation({
    mutationFn: (proof: Record<string, unknown>) => api.post("/api/auth/confirm", proof),
    meta: { quiet: true },
    onSuccess: () => endStepUp(true),
  });
  const passkey = useMutation({
    mutationFn: async () => api.post("/api/auth/confirm", { passkey: await answerWithPasskey() }),
    meta: { quiet: true },
    onSuccess: () => endStepUp(true),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!value);
    passkey.reset();
    if (way && value) confirm.mutate({ [way]: value });
  };
  const others = typed.filter((each) => each !== way);
  const failed = passkey.error ?? confirm.error;
  const ofField = way ? fieldErrors(confirm.error)[way] : undefined;
  const field = {
    value,
    onChange: (event: { currentTarget: { value: string } }) => setValue(event.currentTarget.value),
    error: missing && !value ? t("required") : ofField,
    "data-autofocus": true,
  };
  return (
    <>
      {failed && !ofField ? (
        <Alert role="alert" color="red" icon={<Icon name="alert" />}>
          {failed instanceof PasskeyStopped ? t("passkeyStopped") : problemText(failed).text}
        </Alert>
      ) : null}
      {way ? (
        <form onSubmit={send} noValidate>
          <Stack gap="md">
            {way === "password" ? (
              <PasswordInput
                label={t("password")}
                autoComplete="current-password"
                visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
                {...field}
              />
            ) : (
              <TextInput
                label={t("code")}
                description={t("codeHint")}
                autoComplete="one-time-code"
                inputMode="numeric"
                maxLength={6}
                {...field}
              />
            )}
            <Button type="submit" loading={confirm.isPending} fullWidth>
              {t("submit")}
            </Button>
          </Stack>
        </form>
      ) : null}
      {ways.passkeys > 0 && passkeysWork() ? (
        <>
          {way ? <Divider label={t("or")} /> : null}
          <Button
            variant="default"
            leftSection={<Icon name="key" size={18} />}
            loading={passkey.isPending}
            onClick={() => passkey.mutate()}
            fullWidth
          >
            {t("withPasskey")}
          </Button>
        </>
      ) : null}
      {others.map((other) => (
        <Button
          key={other}
          variant="subtle"
          fullWidth
          onClick={() => {
            setWay(other);
            setValue("");
            setMissing(false);
            confirm.reset();
          }}
        >
          {t(other === "code" ? "withCode" : "withPassword")}
        </Button>
      ))}
    </>
  );
}
