import { Group } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { isMissingChunk } from "#web/app/chunks";
import { features } from "#web/app/features";
import { say } from "#web/app/i18n";
import { useSession } from "#web/app/session";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { ButtonLink } from "#web/ui/Link";
import { Page, PageHeader } from "#web/ui/Page";
import { PageSkeleton } from "#web/ui/Skeletons";

/** While a route's code and messages arrive, or whoever is there. */
export function PendingPage({ title, text }: { title?: string; text?: string }) {
  return (
    <Page>
      {title ? <PageHeader title={title} text={text} /> : null}
      <PageSkeleton titled={title !== undefined} />
    </Page>
  );
}

export function ErrorPage({ error, reset }: { error: unknown; reset: () => void }) {
  // Code that failed to arrive is asked for again by a new page only.
  const retry = isMissingChunk(error) ? () => location.reload() : reset;
  const again = useRef(retry);
  again.current = retry;
  useEffect(() => {
    const listen = () => {
      // The palette may be open over this page: nobody is interrupted in a word.
      if (!document.activeElement?.matches("input, textarea")) again.current();
    };
    window.addEventListener("online", listen);
    return () => window.removeEventListener("online", listen);
  }, []);
  return (
    <Page>
      <ErrorState error={error} onRetry={retry} order={1} />
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
