import { Button, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { InvitationCard, TeamView } from "#web/api/generated";
import { api } from "#web/api/http";
import { inFirstView } from "#web/app/firstView";
import { useSession } from "#web/app/session";
import { PendingPage } from "#web/app/states";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { FormErrors } from "#web/ui/FormErrors";
import { formatTime } from "#web/ui/format";
import { ButtonLink } from "#web/ui/Link";
import { Page } from "#web/ui/Page";
import { FormSkeleton } from "#web/ui/Skeletons";
import { toastDone } from "#web/ui/toasts";
import classes from "./Rights.module.css";
import { SPACES } from "./team";

/** Where the link of an invitation's letter leads: what it is about, and joining, after signing in where needed. */
export function Invitation() {
  const { t } = useTranslation("platform/rights");
  const { token } = useSearch({ strict: false }) as { token?: string };
  const session = useSession();
  const card = useQuery({
    queryKey: ["platform", "invitation", token, session.status],
    queryFn: ({ signal }) =>
      api.post<InvitationCard>("/api/users/invitations/look", { token: String(token) }, { signal }),
    enabled: Boolean(token) && session.status !== "unknown",
    retry: false,
  });
  // Only the whole address says what has become of the link.
  if (inFirstView) return <PendingPage />;
  if (!token)
    return (
      <Page width="narrow">
        <EmptyState
          order={1}
          title={t("invitation.noToken")}
          text={t("invitation.noTokenText")}
          action={<ButtonLink to="/">{t("invitation.home")}</ButtonLink>}
        />
      </Page>
    );
  return (
    <Page width="narrow">
      {card.isPending ? <FormSkeleton /> : null}
      {card.error ? <ErrorState error={card.error} onRetry={() => card.refetch()} order={1} /> : null}
      {card.data ? (
        <Card card={card.data} token={String(token)} signedIn={session.status === "signed-in"} />
      ) : null}
    </Page>
  );
}

function Card({ card, token, signedIn }: { card: InvitationCard; token: string; signedIn: boolean }) {
  const { t } = useTranslation("platform/rights");
  const navigate = useNavigate();
  const queries = useQueryClient();
  const accept = useMutation({
    mutationFn: () => api.post<TeamView>("/api/users/invitations/accept", { token }),
    meta: { quiet: true },
    onSuccess: async (team) => {
      toastDone(t("invitation.joined", { team: team.name }));
      await queries.invalidateQueries({ queryKey: SPACES });
      await navigate({ to: "/account", search: { tab: "teams", team: team.id } as never, replace: true });
    },
  });
  const back = `/invitation?token=${encodeURIComponent(token)}`;
  const action = () => {
    if (card.member)
      return (
        <ButtonLink to="/account" search={{ tab: "teams" } as never}>
          {t("invitation.toTeams")}
        </ButtonLink>
      );
    if (signedIn)
      return (
        <Button loading={accept.isPending} onClick={() => accept.mutate()}>
          {t("invitation.accept")}
        </Button>
      );
    return (
      <>
        <ButtonLink to="/sign-in" search={{ next: back } as never}>
          {t("invitation.signIn")}
        </ButtonLink>
        <ButtonLink to="/sign-up" search={{ next: back } as never} variant="default">
          {t("invitation.signUp")}
        </ButtonLink>
      </>
    );
  };
  return (
    <section className={classes.card}>
      <Stack gap="md">
        <Text c="dimmed">{t("invitation.from", { name: card.invited_by })}</Text>
        <Title order={1} size="h2">
          {t("invitation.title", { team: card.team })}
        </Title>
        <Text>{card.member ? t("invitation.member") : t(`teams.roleText.${card.role}`)}</Text>
        <FormErrors error={accept.error} labels={{}} />
        {action()}
        <Text size="sm" c="dimmed">
          {t("invitation.until", { when: formatTime(card.expires_at) })}
        </Text>
      </Stack>
    </section>
  );
}
