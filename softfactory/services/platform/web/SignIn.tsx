import { Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { fieldErrors } from "#web/api/problem";
import { FormErrors } from "#web/ui/FormErrors";
import { TextLink } from "#web/ui/Link";
import { AuthFrame } from "./AuthFrame";
import { useLogin } from "./auth";
import { DemoRoles } from "./DemoRoles";
import { emailProblem } from "./rules";

export function SignIn() {
  const { t } = useTranslation("platform");
  const { next } = useSearch({ strict: false }) as { next?: string };
  const login = useLogin();
  const say = (code: string | null) => (code ? t(`rule.${code}`) : null);
  const form = useForm({
    initialValues: { email: "", password: "" },
    validate: {
      email: (value) => say(emailProblem(value)),
      password: (value) => say(value ? null : "required"),
    },
    validateInputOnBlur: true,
  });
  const send = form.onSubmit((values) =>
    login.mutate(
      { ...values, email: values.email.trim() },
      { onError: (error) => form.setErrors(fieldErrors(error)) },
    ),
  );
  return (
    <AuthFrame title={t("signIn.title")} text={next ? t("signIn.toContinue") : t("signIn.text")}>
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          <FormErrors
            error={login.error}
            labels={{ email: t("field.email"), password: t("field.password") }}
          />
          <TextInput
            id="email"
            type="email"
            autoComplete="username"
            inputMode="email"
            label={t("field.email")}
            required
            withAsterisk={false}
            {...form.getInputProps("email")}
          />
          <PasswordInput
            id="password"
            autoComplete="current-password"
            label={t("field.password")}
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{ "aria-label": t("field.showPassword") }}
            {...form.getInputProps("password")}
          />
          <Button type="submit" loading={login.isPending} fullWidth>
            {t("signIn.submit")}
          </Button>
          <Text size="sm" ta="center">
            {t("signIn.new")}{" "}
            <TextLink to="/sign-up" search={(next ? { next } : {}) as never} fw={600} underline="always">
              {t("signIn.signUp")}
            </TextLink>
          </Text>
        </Stack>
      </form>
      <DemoRoles compact />
    </AuthFrame>
  );
}
