import { Button, PasswordInput, Progress, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { fieldErrors } from "#web/api/problem";
import { FormErrors } from "#web/ui/FormErrors";
import { TextLink } from "#web/ui/Link";
import { AuthFrame } from "./AuthFrame";
import { useRegister } from "./auth";
import { emailProblem, nameProblem, passwordProblem } from "./rules";

const SHORTEST_PASSWORD = 10;

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
  const typed = form.values.password.length;
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
          <div>
            <PasswordInput
              id="password"
              autoComplete="new-password"
              label={t("field.password")}
              description={t("field.passwordHint")}
              required
              withAsterisk={false}
              visibilityToggleButtonProps={{ "aria-label": t("field.showPassword") }}
              {...form.getInputProps("password")}
            />
            <Progress
              mt={8}
              size={4}
              value={Math.min(100, (typed / SHORTEST_PASSWORD) * 100)}
              color={typed >= SHORTEST_PASSWORD ? "teal" : "persimmon"}
              aria-hidden="true"
            />
          </div>
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
