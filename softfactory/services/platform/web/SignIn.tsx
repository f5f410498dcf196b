import { Alert, Button, Divider, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, fieldErrors } from "#web/api/problem";
import { PasskeyStopped, passkeysAutofill, passkeysWork } from "#web/app/passkeys";
import { FormErrors } from "#web/ui/FormErrors";
import { Icon } from "#web/ui/icons";
import { TextLink } from "#web/ui/Link";
import { problemText } from "#web/ui/problemText";
import { AuthFrame } from "./AuthFrame";
import { challengeOf, useLogin, usePasskey } from "./auth";
import { DemoRoles } from "./DemoRoles";
import { emailProblem } from "./rules";
import { SignInCode } from "./SignInCode";

export function SignIn() {
  const { t } = useTranslation("platform");
  const { next } = useSearch({ strict: false }) as { next?: string };
  const login = useLogin();
  const [ended, setEnded] = useState(false);
  const challenge = challengeOf(login.error);
  if (challenge) {
    const again = (over: boolean) => {
      setEnded(over);
      login.reset();
    };
    return <SignInCode challenge={challenge} onAgain={again} />;
  }
  return (
    <AuthFrame title={t("signIn.title")} text={next ? t("signIn.toContinue") : t("signIn.text")}>
      <SignInForm login={login} ended={ended} next={next} />
      <DemoRoles compact />
    </AuthFrame>
  );
}

interface SignInFormProps {
  login: ReturnType<typeof useLogin>;
  /** The step after the password took too long. */
  ended: boolean;
  next: string | undefined;
}

function SignInForm({ login, ended, next }: SignInFormProps) {
  const { t } = useTranslation(["platform/sign-in", "platform"]);
  const passkey = usePasskeyWays();
  const say = (code: string | null) => (code ? t(`platform:rule.${code}`) : null);
  const form = useForm({
    initialValues: { email: "", password: "" },
    validate: {
      email: (value) => say(emailProblem(value)),
      password: (value) => say(value ? null : "required"),
    },
    validateInputOnBlur: true,
  });
  const send = form.onSubmit((values) => {
    passkey.forget();
    login.mutate(
      { ...values, email: values.email.trim() },
      { onError: (error) => form.setErrors(fieldErrors(error)) },
    );
  });
  const search = (next ? { next } : {}) as never;
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {ended && !login.error ? (
          <Alert role="alert" color="yellow" icon={<Icon name="clock" />}>
            {t("codeEnded")}
          </Alert>
        ) : null}
        <FormErrors
          error={login.error}
          labels={{ email: t("platform:field.email"), password: t("platform:field.password") }}
        />
        {passkey.trouble ? (
          <Alert role="alert" color="red" icon={<Icon name="alert" />}>
            {passkey.trouble}
          </Alert>
        ) : null}
        <TextInput
          id="email"
          type="email"
          autoComplete="username webauthn"
          inputMode="email"
          label={t("platform:field.email")}
          required
          withAsterisk={false}
          {...form.getInputProps("email")}
        />
        <div>
          <PasswordInput
            id="password"
            autoComplete="current-password"
            label={t("platform:field.password")}
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{ "aria-label": t("platform:field.showPassword") }}
            {...form.getInputProps("password")}
          />
          <Text size="sm" ta="right" mt={6}>
            <TextLink to="/forgot" underline="always">
              {t("forgot")}
            </TextLink>
          </Text>
        </div>
        <Button type="submit" loading={login.isPending} fullWidth>
          {t("platform:signIn.submit")}
        </Button>
        {passkeysWork() ? (
          <>
            <Divider label={t("or")} />
            <Button
              variant="default"
              leftSection={<Icon name="key" size={18} />}
              loading={passkey.pending}
              onClick={passkey.start}
              fullWidth
            >
              {t("withPasskey")}
            </Button>
          </>
        ) : null}
        <Text size="sm" ta="center">
          {t("platform:signIn.new")}{" "}
          <TextLink to="/sign-up" search={search} fw={600} underline="always">
            {t("platform:signIn.signUp")}
          </TextLink>
        </Text>
      </Stack>
    </form>
  );
}

/** The button's passkeys, and those that the browser suggests where the address is typed. One may wait at a time. */
function usePasskeyWays() {
  const { t } = useTranslation("platform/sign-in");
  const button = usePasskey();
  const autofill = usePasskey();
  const waiting = useRef<AbortController | null>(null);

  const suggest = useRef(async () => {
    waiting.current?.abort();
    const mine = new AbortController();
    waiting.current = mine;
    if ((await passkeysAutofill()) && !mine.signal.aborted)
      autofill.mutate({ autofill: true, signal: mine.signal });
  });
  useEffect(() => {
    void suggest.current();
    return () => waiting.current?.abort();
  }, []);

  const start = () => {
    waiting.current?.abort();
    autofill.reset();
    button.mutate({}, { onError: () => void suggest.current() });
  };
  const failed =
    button.error ?? (autofill.error instanceof ApiError && autofill.error.status < 500 && autofill.error);
  const stopped = failed instanceof PasskeyStopped || (failed && !(failed instanceof ApiError));
  return {
    start,
    pending: button.isPending,
    trouble: failed ? (stopped ? t("passkeyStopped") : problemText(failed).text) : null,
    forget: () => {
      button.reset();
      autofill.reset();
    },
  };
}
