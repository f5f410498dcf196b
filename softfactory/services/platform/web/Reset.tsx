import { Button, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api } from "#web/api/http";
import { ApiError, fieldErrors } from "#web/api/problem";
import { inFirstView } from "#web/app/firstView";
import { forget } from "#web/app/session";
import { PendingPage } from "#web/app/states";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { FormErrors } from "#web/ui/FormErrors";
import { ButtonLink } from "#web/ui/Link";
import { Page } from "#web/ui/Page";
import { FormSkeleton } from "#web/ui/Skeletons";
import { AuthFrame } from "./AuthFrame";
import { NewPassword } from "./NewPassword";
import { passwordProblem } from "./rules";

const isEnded = (error: unknown) => error instanceof ApiError && error.code === "password_link_ended";

/** Where the letter's link leads. A link that has ended says so before anybody thinks of a password. */
export function Reset() {
  const { t } = useTranslation("platform/sign-in");
  const { token } = useSearch({ strict: false }) as { token?: string };
  const link = useQuery({
    queryKey: ["platform", "password-link", token],
    queryFn: async () => {
      await api.post("/api/auth/password/reset/look", { token });
      return true;
    },
    enabled: Boolean(token),
    gcTime: 0,
  });
  // Only the whole address says what has become of the link.
  if (inFirstView) return <PendingPage />;
  if (!token || isEnded(link.error) || (link.error instanceof ApiError && link.error.status === 422))
    return <LinkEnded />;
  return (
    <AuthFrame title={t("reset.title")} text={t("reset.text")}>
      {link.isPending ? <FormSkeleton fields={1} /> : null}
      {link.error ? <ErrorState error={link.error} onRetry={link.refetch} order={2} /> : null}
      {link.isSuccess ? <ResetForm token={token} /> : null}
    </AuthFrame>
  );
}

function LinkEnded() {
  const { t } = useTranslation("platform/sign-in");
  return (
    <Page width="narrow" title={t("linkEnded.title")}>
      <EmptyState
        picture="lost"
        order={1}
        title={t("linkEnded.title")}
        text={t("linkEnded.text")}
        action={<ButtonLink to="/forgot">{t("linkEnded.again")}</ButtonLink>}
      />
    </Page>
  );
}

function ResetForm({ token }: { token: string }) {
  const { t } = useTranslation(["platform/sign-in", "platform"]);
  const form = useForm({
    initialValues: { password: "" },
    validate: {
      password: (value) => {
        const broken = passwordProblem(value);
        return broken ? t(`platform:rule.${broken}`) : null;
      },
    },
  });
  const reset = useMutation({
    mutationFn: (password: string) => api.post("/api/auth/password/reset", { token, password }),
    meta: { quiet: true },
    onError: (error) => form.setErrors(fieldErrors(error)),
    // Every session has ended, the one of this browser too.
    onSuccess: () => forget(),
  });
  if (isEnded(reset.error)) return <LinkEnded />;
  if (reset.isSuccess)
    return (
      <EmptyState
        picture="done"
        title={t("reset.done")}
        text={t("reset.doneText")}
        action={<ButtonLink to="/sign-in">{t("reset.signIn")}</ButtonLink>}
      />
    );
  return (
    <form onSubmit={form.onSubmit(({ password }) => reset.mutate(password))} noValidate>
      <Stack gap="md">
        <FormErrors error={reset.error} labels={{ password: t("reset.password") }} />
        <NewPassword
          id="password"
          label={t("reset.password")}
          {...form.getInputProps("password")}
          value={form.values.password}
        />
        <Button type="submit" loading={reset.isPending} fullWidth>
          {t("reset.submit")}
        </Button>
      </Stack>
    </form>
  );
}
