import { useMutation } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api } from "#web/api/http";
import { ApiError } from "#web/api/problem";
import type { Role } from "#web/app/feature";
import { answerWithPasskey } from "#web/app/passkeys";
import { adopt, type SignedIn } from "#web/app/session";

export interface Credentials {
  email: string;
  password: string;
}

export interface Registration extends Credentials {
  name: string;
}

/** Only addresses of this site: `next` comes from the query string, which anybody can write. */
export function safeNext(next: string | undefined): string {
  // Browsers leave tabs and line breaks out of an address, so that "/\t/elsewhere" would be another site's.
  if (!next || !/^\/(?![/\\])\P{Cc}*$/u.test(next)) return "/";
  return /^\/(sign-|forgot|reset)/.test(next) ? "/" : next;
}

/** Keep the session that a call answers with, and go where the person was headed. */
function useEntry<Wish>(enter: (wish: Wish) => Promise<SignedIn>, after?: (wish: Wish) => string) {
  const navigate = useNavigate();
  const { next } = useSearch({ strict: false }) as { next?: string };
  return useMutation({
    mutationFn: enter,
    meta: { quiet: true },
    onSuccess: async (answer, wish) => {
      adopt(answer);
      await navigate({ href: after?.(wish) ?? safeNext(next), replace: true });
    },
  });
}

export const useLogin = () => useEntry((wish: Credentials) => api.post<SignedIn>("/api/auth/login", wish));

/** The token that a code has to complete, when a right password was not enough. */
export function challengeOf(error: unknown): string | null {
  const asked = error instanceof ApiError && error.code === "totp_required";
  return asked && typeof error.facts.challenge === "string" ? error.facts.challenge : null;
}

export const useCode = () =>
  useEntry((wish: { challenge: string; code: string }) => api.post<SignedIn>("/api/auth/login/code", wish));

/** `autofill`: wait in the address field's suggestions rather than open a dialog. */
export const usePasskey = () =>
  useEntry(async (options: { autofill?: boolean; signal?: AbortSignal }) =>
    api.post<SignedIn>("/api/auth/passkeys/sign-in", { credential: await answerWithPasskey(options) }),
  );

export const useRegister = () =>
  useEntry((wish: Registration) => api.post<SignedIn>("/api/auth/register", wish));

/** `home` says where a role's day starts. */
export const useDemo = (home: (role: Role) => string) =>
  useEntry((role: Role) => api.post<SignedIn>("/api/auth/demo", { role }), home);
