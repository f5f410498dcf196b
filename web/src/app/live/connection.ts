import { api } from "#web/api/http";
import type { Notice } from "#web/app/feature";

export type Said =
  | { type: "notice"; cursor: number; notice: Notice }
  | { type: "reset"; cursor: number }
  | { type: "ready"; cursor: number };

/** Why a stream is over: it broke, the session behind it ended, or it was no longer wanted. */
export type Over = "lost" | "session" | "unwanted";

interface Listening {
  cursor: number | null;
  say: (said: Said) => void;
  /** Ends the stream: signed out, offline, or another look is wanted. */
  signal: AbortSignal;
}

/** One stream from a fresh ticket until it is over. A ticket opens once, so coming back is the caller's. */
export async function listen({ cursor, say, signal }: Listening): Promise<Over> {
  const { ticket } = await api.post<{ ticket: string }>("/api/live/tickets", undefined, { signal });
  if (signal.aborted) return "unwanted";
  const query = new URLSearchParams({ ticket });
  if (cursor !== null) query.set("cursor", String(cursor));
  const source = new EventSource(`/api/live?${query}`);
  return new Promise<Over>((resolve) => {
    const close = (why: Over) => {
      source.close();
      signal.removeEventListener("abort", unwanted);
      resolve(why);
    };
    const unwanted = () => close("unwanted");
    signal.addEventListener("abort", unwanted);
    const on = (name: string, act: (event: MessageEvent<string>, cursor: number) => void) =>
      source.addEventListener(name, (event) => {
        const message = event as MessageEvent<string>;
        act(message, Number(message.lastEventId));
      });
    on("notice", (event, at) =>
      say({ type: "notice", cursor: at, notice: JSON.parse(event.data) as Notice }),
    );
    on("reset", (_, at) => say({ type: "reset", cursor: at }));
    on("ready", (_, at) => say({ type: "ready", cursor: at }));
    on("end", (event) => {
      const { because } = JSON.parse(event.data) as { because: string };
      close(because === "session_ended" ? "session" : "lost");
    });
    // The browser would try the same address again, whose ticket is spent.
    source.onerror = () => close("lost");
  });
}
