import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { fieldErrors } from "#web/api/problem";
import { FormErrors } from "#web/ui/FormErrors";
import { TextLink } from "#web/ui/Link";
import { AuthFrame } from "./AuthFrame";
import { useRegister } from "./auth";
import { NewPassword } from "./NewPassword";
import { emailProblem, nameProblem, passwordProblem } from "./rules";

export function SignUp() {
  const { t } = useTranslation("platform");
  const { next } = useSearch({ strict: false }) as { next?: string };
  const register = useRegister();
  const say = (code: string | null) => (code ? t(`rule.${code}`) : null);
  const form = useForm({
    initialValues: { name: "", email: "", password: "" },
    validate: {
      name: (value) => say(nameProblem(value)),
      email: (value) => say(emailProblem(value)),
      password: (value) => say(passwordProblem(value)),
    },
    validateInputOnBlur: true,
  });
  const send = form.onSubmit(({ name, email, password }) =>
    register.mutate(
      { name: name.trim(), email: email.trim(), password },
      { onError: (error) => form.setErrors(fieldErrors(error)) },
    ),
  );
  return (
    <AuthFrame title={t("signUp.title")} text={t("signUp.text")}>
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          <FormErrors
            error={register.error}
            labels={{ name: t("field.name"), email: t("field.email"), password: t("field.password") }}
          />
          <TextInput
            id="name"
            autoComplete="name"
            label={t("field.name")}
            required
            withAsterisk={false}
            {...form.getInputProps("name")}
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
          <NewPassword
            id="password"
            label={t("field.password")}
            {...form.getInputProps("password")}
            value={form.values.password}
          />
          <Button type="submit" loading={register.isPending} fullWidth>
            {t("signUp.submit")}
          </Button>
          <Text size="sm" ta="center">
            {t("signUp.have")}{" "}
            <TextLink to="/sign-in" search={(next ? { next } : {}) as never} fw={600} underline="always">
              {t("signUp.signIn")}
            </TextLink>
          </Text>
        </Stack>
      </form>
    </AuthFrame>
  );
}
