import { useSyncExternalStore } from "react";
import type { PictureView } from "#web/api/generated";
import { recall, remember } from "#web/app/memory";

export interface SessionUser {
  id: string;
  email: string;
  name: string;
  roles: string[];
  avatar?: PictureView | null;
}

/** What register, login, demo and refresh all answer. */
export interface SignedIn {
  access_token: string;
  token_type: string;
  expires_in: number;
  user: SessionUser;
}

export type SessionState =
  | { status: "unknown"; user: null }
  /** `lost`: somebody was signed in here, and the server could not be asked whether they still are. */
  | { status: "signed-out"; user: null; lost?: true }
  | { status: "signed-in"; user: SessionUser };

/** Says that a refresh cookie probably exists, so that visitors who never signed in cost no request. */
const HINT = "sf.signed-in";
const REFRESH_LOCK = "sf.refresh";
/** Renew this long before the token ends, so that no request meets a token that dies on the way. */
const EARLY_MS = 30_000;

let state: SessionState = { status: "unknown", user: null };
let token: { value: string; endsAt: number } | null = null;
let refreshing: Promise<boolean> | null = null;
let leaving = false;
const listeners = new Set<() => void>();
const otherTabs = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("sf.session");

function become(next: SessionState): void {
  state = next;
  for (const listener of listeners) listener();
}

export function useSession(): SessionState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    currentSession,
    currentSession,
  );
}

export const currentSession = (): SessionState => state;

export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Keep a fresh sign-in: the access token in memory only; the refresh token is the cookie's. */
export function adopt(answer: SignedIn, { tellOthers = true } = {}): void {
  token = { value: answer.access_token, endsAt: Date.now() + answer.expires_in * 1000 };
  remember(HINT, "1");
  const changed = state.status !== "signed-in" || state.user.id !== answer.user.id;
  become({ status: "signed-in", user: answer.user });
  if (changed && tellOthers) otherTabs?.postMessage("signed-in");
}

export function forget({ tellOthers = true } = {}): void {
  token = null;
  remember(HINT, null);
  become({ status: "signed-out", user: null });
  if (tellOthers) otherTabs?.postMessage("signed-out");
}

/**
 * End the session by what `end` asks of the server. The news that it is over may come by the live stream before the
 * answer does: nobody asks then for a new token of a session that is being ended.
 */
export async function leave(end: () => Promise<unknown>): Promise<void> {
  await accessToken(); // the last renewal, where one is due
  leaving = true;
  try {
    await end();
  } finally {
    leaving = false;
    forget();
  }
}

/** Change what is shown of the user, after they changed it on the account page. */
export function updateUser(change: Partial<SessionUser>): void {
  if (state.status === "signed-in") become({ status: "signed-in", user: { ...state.user, ...change } });
}

async function refreshOnce(): Promise<boolean> {
  const answer = await fetch("/api/auth/refresh", { method: "POST", credentials: "same-origin" });
  if (answer.ok) {
    adopt((await answer.json()) as SignedIn, { tellOthers: false });
    return true;
  }
  // Only a clear refusal ends the session: a server that is restarting must not sign anybody out.
  if (answer.status === 401 || answer.status === 403) forget({ tellOthers: false });
  return false;
}

/** A new access token from the cookie: one at a time in this tab, and one at a time across tabs. */
export function refresh(): Promise<boolean> {
  if (leaving) return Promise.resolve(false);
  refreshing ??= (async () => {
    try {
      return navigator.locks ? await navigator.locks.request(REFRESH_LOCK, refreshOnce) : await refreshOnce();
    } catch {
      return false;
    }
  })().finally(() => {
    refreshing = null;
  });
  return refreshing;
}

/** The token to send, renewed when it is about to end; null for a visitor. */
export async function accessToken(): Promise<string | null> {
  if (state.status === "unknown") await startSession();
  if (token && Date.now() > token.endsAt - EARLY_MS) await refresh();
  return token?.value ?? null;
}

let starting: Promise<void> | null = null;

/** Find out once who is here: a visitor without the hint is signed out at once. */
export function startSession(): Promise<void> {
  starting ??= (async () => {
    if (recall(HINT) === "1") await refresh();
    if (state.status === "unknown") {
      become(
        recall(HINT) === "1"
          ? { status: "signed-out", user: null, lost: true }
          : { status: "signed-out", user: null },
      );
    }
  })();
  return starting;
}

// Who could not be recognised without a network is recognised when it is back.
if (typeof window !== "undefined") {
  window.addEventListener("online", () => {
    if (state.status === "signed-out" && state.lost) void refresh();
  });
}

otherTabs?.addEventListener("message", (message: MessageEvent<string>) => {
  if (message.data === "signed-out") forget({ tellOthers: false });
  else void refresh();
});
