import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { RegisterWishShape } from "#web/api/generated/shapes.gen";
import { FormErrors } from "#web/ui/FormErrors";
import { TextLink } from "#web/ui/Link";
import { useWishForm } from "#web/ui/useWishForm";
import { AuthFrame } from "./AuthFrame";
import { useRegister } from "./auth";
import { NewPassword } from "./NewPassword";

export function SignUp() {
  const { t } = useTranslation("platform");
  const { next } = useSearch({ strict: false }) as { next?: string };
  const register = useRegister();
  const { form, field, submit, problem, refuse, done } = useWishForm({
    shape: RegisterWishShape,
    initial: { name: "", email: "", password: "" },
    slot: "sign-up",
    secret: ["password"],
  });
  const send = submit(({ name, email, password }) =>
    register.mutate(
      { name: name.trim(), email: email.trim(), password },
      { onError: refuse, onSuccess: done },
    ),
  );
  return (
    <AuthFrame title={t("signUp.title")} text={t("signUp.text")}>
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          <FormErrors
            error={problem ?? register.error}
            labels={{ name: t("field.name"), email: t("field.email"), password: t("field.password") }}
          />
          <TextInput autoComplete="name" label={t("field.name")} {...field("name")} />
          <TextInput
            type="email"
            autoComplete="username"
            inputMode="email"
            label={t("field.email")}
            {...field("email")}
          />
          <NewPassword label={t("field.password")} {...field("password")} value={form.values.password} />
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
