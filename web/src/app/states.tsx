import { Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { features } from "#web/app/features";
import { say } from "#web/app/i18n";
import { useSession } from "#web/app/session";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { ButtonLink } from "#web/ui/Link";
import { Page } from "#web/ui/Page";
import { PageSkeleton } from "#web/ui/Skeletons";

/** While a route's code and messages arrive. */
export function PendingPage() {
  return (
    <Page>
      <PageSkeleton />
    </Page>
  );
}

export function ErrorPage({ error, reset }: { error: unknown; reset: () => void }) {
  return (
    <Page>
      <ErrorState order={1} error={error} onRetry={reset} />
    </Page>
  );
}

/** A wrong address: says so, and offers the places that exist. */
export function NotFoundPage() {
  const { t } = useTranslation("shell");
  const open = features.filter((feature) => feature.home);
  return (
    <Page title={t("notFound.title")}>
      <EmptyState
        order={1}
        picture="lost"
        title={t("notFound.title")}
        text={t("notFound.text")}
        action={
          <Group justify="center" gap="xs">
            {open.map((feature) => (
              <ButtonLink key={feature.name} to={feature.home as string} variant="default">
                {say(feature.title)}
              </ButtonLink>
            ))}
            <ButtonLink to="/">{t("notFound.home")}</ButtonLink>
          </Group>
        }
      />
    </Page>
  );
}

/** Signed in, but the screen belongs to another role. */
export function ForbiddenPage() {
  const { t } = useTranslation("shell");
  const { user } = useSession();
  return (
    <Page title={t("forbidden.title")}>
      <EmptyState
        order={1}
        picture="locked"
        title={t("forbidden.title")}
        text={t("forbidden.text", { name: user?.name ?? "" })}
        action={<ButtonLink to="/">{t("forbidden.home")}</ButtonLink>}
      />
    </Page>
  );
}
