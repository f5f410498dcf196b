import { useMutation } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api } from "#web/api/http";
import type { Role } from "#web/app/feature";
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
  if (!next?.startsWith("/") || next.startsWith("//") || next.startsWith("/\\")) return "/";
  return next.startsWith("/sign-") ? "/" : next;
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

export const useRegister = () =>
  useEntry((wish: Registration) => api.post<SignedIn>("/api/auth/register", wish));

/** `home` says where a role's day starts. */
export const useDemo = (home: (role: Role) => string) =>
  useEntry((role: Role) => api.post<SignedIn>("/api/auth/demo", { role }), home);
