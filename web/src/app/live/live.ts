/**
 * What changes elsewhere reaches the open screens. One tab leads (Web Locks): it holds the browser's one stream and
 * passes on what it hears (BroadcastChannel). Every tab keeps the number it has seen, and asks everything anew when a
 * number is missing, so no tab depends on having been awake.
 */
import { useSyncExternalStore } from "react";
import { backoff } from "#web/app/live/backoff";
import { listen, type Said } from "#web/app/live/connection";
import { apply, applyAll } from "#web/app/live/kinds";
import { recall, remember } from "#web/app/memory";
import { currentSession, onSessionChange, refresh } from "#web/app/session";

/** `off`: nobody is signed in. `down`: not heard at the moment; what is missed comes later. */
export type LiveState = "off" | "down" | "live";

type Passed = { user: string } & (Said | { type: "down" } | { type: "look" } | { type: "hello" });

const LOCK = "sf.live";
const CURSOR = "sf.live.cursor";
/** Seen again after being away for this long, a stream may be dead without knowing: it is opened anew. */
const AWAY_MS = 30_000;

let state: LiveState = "off";
let seen: number | null = null;
let standing: { user: string; over: AbortController } | null = null;
let leading: { look: () => void } | null = null;
const listeners = new Set<() => void>();
const tabs = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("sf.live");

function become(next: LiveState): void {
  if (state === next) return;
  state = next;
  for (const listener of listeners) listener();
}

export function useLive(): LiveState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
    () => state,
  );
}

/** Take what the stream said, in every tab. */
function take(said: Said): void {
  const before = seen;
  if (said.type === "notice") {
    if (before !== null && said.cursor <= before) return;
    if (before !== null && said.cursor > before + 1) applyAll();
    else apply(said.notice);
  } else if (said.type === "reset" || (before !== null && said.cursor > before)) {
    applyAll();
  }
  seen = Math.max(said.type === "reset" ? 0 : (before ?? 0), said.cursor);
  if (said.type === "ready") become("live");
}

function pass(message: Passed): void {
  tabs?.postMessage(message);
}

const kept = (user: string): number | null => {
  const [whose, number] = (recall(CURSOR) ?? "").split(" ");
  return whose === user && number ? Number(number) : null;
};

/** Where to resume: what this tab and the one that led before it have both seen. */
function resumeAt(user: string): number | null {
  const known = [kept(user), seen].filter((each) => each !== null);
  return known.length > 0 ? Math.min(...known) : null;
}

async function lead(user: string, over: AbortSignal): Promise<void> {
  let failures = 0;
  while (!over.aborted) {
    const round = new AbortController();
    const look = () => round.abort();
    over.addEventListener("abort", look);
    window.addEventListener("offline", look);
    leading = { look };
    const cursor = resumeAt(user);
    const say = (said: Said) => {
      failures = 0;
      // Without a cursor nobody knows what changed between the screens' questions and this answer.
      if (said.type === "ready" && cursor === null) take({ type: "reset", cursor: said.cursor });
      take(said);
      pass({ user, ...said });
      remember(CURSOR, `${user} ${said.cursor}`);
    };
    const how = navigator.onLine
      ? await listen({ cursor, say, signal: round.signal }).catch(() => "lost" as const)
      : "lost";
    leading = null;
    over.removeEventListener("abort", look);
    window.removeEventListener("offline", look);
    if (over.aborted) return;
    if (how === "session") await refresh(); // signs out when the session is over for good
    if (how !== "unwanted" || !navigator.onLine) {
      become("down");
      pass({ user, type: "down" });
      await rested(backoff(failures), over);
      failures += 1;
    }
  }
}

/** A pause that ends early when the connection is back or somebody looks; while offline it lasts. */
function rested(ms: number, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = navigator.onLine ? setTimeout(done, ms) : undefined;
    const seenAgain = () => document.visibilityState === "visible" && done();
    function done() {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      document.removeEventListener("visibilitychange", seenAgain);
      over.removeEventListener("abort", done);
      leading = null;
      resolve();
    }
    leading = { look: done };
    window.addEventListener("online", done);
    document.addEventListener("visibilitychange", seenAgain);
    over.addEventListener("abort", done);
  });
}

function stand(user: string): void {
  const over = new AbortController();
  standing = { user, over };
  become("down");
  pass({ user, type: "hello" });
  const leads = () => lead(user, over.signal);
  // Without Web Locks (an address that is not secure) every tab listens for itself.
  const turn = navigator.locks ? navigator.locks.request(LOCK, { signal: over.signal }, leads) : leads();
  turn.catch(() => undefined); // stopped while it waited for its turn
}

function stop(): void {
  standing?.over.abort();
  standing = null;
}

/** Follow whoever is signed in. */
function follow(): void {
  const user = currentSession().user?.id ?? null;
  if (user === (standing?.user ?? null)) return;
  stop();
  seen = null;
  if (user === null) become("off");
  else stand(user);
}

function heard(message: Passed): void {
  if (message.user !== standing?.user) return;
  if (message.type === "hello") {
    if (leading && state === "live" && seen !== null)
      pass({ user: message.user, type: "ready", cursor: seen });
  } else if (message.type === "look") leading?.look();
  else if (message.type === "down") become("down");
  else take(message);
}

/** Begin, once. Says nothing until someone is signed in. */
export function startLive(): void {
  let hiddenAt: number | null = null;
  tabs?.addEventListener("message", (event: MessageEvent<Passed>) => heard(event.data));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") hiddenAt = Date.now();
    else if (hiddenAt !== null && Date.now() - hiddenAt > AWAY_MS && standing) {
      leading?.look();
      pass({ user: standing.user, type: "look" });
    }
  });
  // A page that may be kept for the back button holds neither a stream nor the lead.
  window.addEventListener("pagehide", stop);
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    follow();
    applyAll(); // it heard nothing while it was kept
  });
  onSessionChange(follow);
  follow();
}
