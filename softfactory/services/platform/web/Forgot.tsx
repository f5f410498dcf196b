import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { api } from "#web/api/http";
import { fieldErrors } from "#web/api/problem";
import { FormErrors } from "#web/ui/FormErrors";
import { ButtonLink, TextLink } from "#web/ui/Link";
import { AuthFrame } from "./AuthFrame";
import { emailProblem } from "./rules";

/** Asks for a letter with a link that sets the password. Whether there is such an account is not told. */
export function Forgot() {
  const { t } = useTranslation(["platform/sign-in", "platform"]);
  const form = useForm({
    initialValues: { email: "" },
    validate: {
      email: (value) => {
        const broken = emailProblem(value);
        return broken ? t(`platform:rule.${broken}`) : null;
      },
    },
    validateInputOnBlur: true,
  });
  const ask = useMutation({
    mutationFn: (email: string) => api.post("/api/auth/password/forgot", { email }),
    meta: { quiet: true },
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  if (ask.isSuccess) return <Sent email={ask.variables} onAgain={() => ask.reset()} />;
  return (
    <AuthFrame title={t("forgotPage.title")} text={t("forgotPage.text")}>
      <form onSubmit={form.onSubmit(({ email }) => ask.mutate(email.trim()))} noValidate>
        <Stack gap="md">
          <FormErrors error={ask.error} labels={{ email: t("platform:field.email") }} />
          <TextInput
            id="email"
            type="email"
            autoComplete="username"
            inputMode="email"
            label={t("platform:field.email")}
            required
            withAsterisk={false}
            {...form.getInputProps("email")}
          />
          <Button type="submit" loading={ask.isPending} fullWidth>
            {t("forgotPage.submit")}
          </Button>
          <Text size="sm" ta="center">
            <TextLink to="/sign-in" underline="always">
              {t("forgotPage.back")}
            </TextLink>
          </Text>
        </Stack>
      </form>
    </AuthFrame>
  );
}

function Sent({ email, onAgain }: { email: string; onAgain: () => void }) {
  const { t } = useTranslation("platform/sign-in");
  const words = useRef<HTMLDivElement>(null);
  useEffect(() => words.current?.focus(), []);
  return (
    <AuthFrame title={t("sent.title")} text={t("sent.text", { email })}>
      <Stack gap="md" ref={words} tabIndex={-1} style={{ outline: "none" }}>
        <Text size="sm" c="dimmed">
          {t("sent.hint")}
        </Text>
        <ButtonLink to="/sign-in" fullWidth>
          {t("forgotPage.back")}
        </ButtonLink>
        <Button variant="subtle" fullWidth onClick={onAgain}>
          {t("sent.again")}
        </Button>
      </Stack>
    </AuthFrame>
  );
}
