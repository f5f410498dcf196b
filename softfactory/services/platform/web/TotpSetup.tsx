import { Alert, Button, Code, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecoveryCodesView, TotpStartView } from "#web/api/generated";
import { api } from "#web/api/http";
import { fieldErrors } from "#web/api/problem";
import { Icon } from "#web/ui/icons";
import { problemText } from "#web/ui/problemText";
import { CopyButton } from "./CopyButton";
import classes from "./Security.module.css";

interface TotpSetupProps {
  started: TotpStartView;
  onConfirmed: (recoveryCodes: string[]) => void;
}

/** Scan, or type the key; then show that the app has it right. */
export function TotpSetup({ started, onConfirmed }: TotpSetupProps) {
  const { t } = useTranslation("platform/security");
  const [code, setCode] = useState("");
  const [missing, setMissing] = useState(false);
  const verify = useMutation({
    mutationFn: () => api.post<RecoveryCodesView>("/api/auth/totp/verify", { code }),
    meta: { quiet: true },
    onSuccess: (told) => onConfirmed(told.recovery_codes),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setMissing(code.length !== 6);
    if (code.length === 6) verify.mutate();
  };
  const ofField = fieldErrors(verify.error).code;
  // Four letters at a time are easier to type over from one screen to another.
  const key = started.secret.match(/.{1,4}/g)?.join(" ") ?? started.secret;
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <Text>{t("setup.scan")}</Text>
        <img
          className={classes.qr}
          src={`data:image/svg+xml;utf8,${encodeURIComponent(started.qr_svg)}`}
          alt={t("setup.qr")}
          width={208}
          height={208}
        />
        <div>
          <Text size="sm" c="dimmed" mb={4}>
            {t("setup.manual")}
          </Text>
          <Group gap="xs" wrap="nowrap">
            <Code className={classes.key}>{key}</Code>
            <CopyButton text={started.secret} label={t("setup.copyKey")} />
          </Group>
        </div>
        {verify.error && !ofField ? (
          <Alert role="alert" color="red" icon={<Icon name="alert" />}>
            {problemText(verify.error).text}
          </Alert>
        ) : null}
        <TextInput
          label={t("setup.code")}
          description={t("setup.codeHint")}
          value={code}
          onChange={(event) => {
            setCode(event.currentTarget.value.replace(/\D/g, "").slice(0, 6));
            setMissing(false);
            verify.reset();
          }}
          error={missing ? t("setup.short") : ofField}
          autoComplete="one-time-code"
          inputMode="numeric"
        />
        <Button type="submit" loading={verify.isPending} fullWidth>
          {t("setup.submit")}
        </Button>
      </Stack>
    </form>
  );
}
