import { useNavigate, useRouterState } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { NoAnswer } from "#web/api/problem";
import { type Access, allows, type Text } from "#web/app/feature";
import { say } from "#web/app/i18n";
import { useLead } from "#web/app/lead";
import { refresh, useSession } from "#web/app/session";
import { ErrorPage, ForbiddenPage, PendingPage } from "#web/app/states";

interface GateProps {
  access: Access;
  /** Of the screen, while it is not known who is there. */
  title?: Text;
  children: ReactNode;
}

/** Shows a screen to those who may see it; a visitor signs in first and comes back. */
export function Gate({ access, title, children }: GateProps) {
  const session = useSession();
  const lead = useLead();
  const navigate = useNavigate();
  const here = useRouterState({ select: (state) => state.location.href });
  const lost = session.status === "signed-out" && session.lost;
  const mustSignIn = access !== "anyone" && session.status === "signed-out" && !lost;

  // The address already names the sign-in page while its code arrives and this screen still stands: send once.
  const sent = useRef(false);
  useEffect(() => {
    if (!mustSignIn) sent.current = false;
    else if (!sent.current) {
      sent.current = true;
      void navigate({ to: "/sign-in", search: { next: here } as never, replace: true });
    }
  }, [mustSignIn, navigate, here]);

  if (access === "anyone") return children;
  if (lost) return <ErrorPage error={new NoAnswer()} reset={() => void refresh()} />;
  if (session.status !== "signed-in") return <PendingPage title={title && say(title)} text={lead} />;
  if (!allows(access, session.user.roles)) return <ForbiddenPage />;
  return children;
}
