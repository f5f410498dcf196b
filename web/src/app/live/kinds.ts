import type { LiveKind, Notice } from "#web/app/feature";
import { features } from "#web/app/features";
import { queryClient } from "#web/app/query";
import { refresh } from "#web/app/session";

/** Notices that arrive together ask for the same things: they are asked once. */
const TOGETHER_MS = 40;

const kinds: ReadonlyMap<string, LiveKind> = new Map(
  features.flatMap((feature) => Object.entries(feature.live ?? {})),
);
const BELL = ["platform", "notices"];

export const kindOf = (kind: string): LiveKind | undefined => kinds.get(kind);

/** Services that have sentences for the bell. */
export const speaking = features.filter((feature) => feature.live).map((feature) => `${feature.name}/live`);

const waiting = new Map<string, readonly unknown[]>();

function askAnew(keys: readonly (readonly unknown[])[]): void {
  if (waiting.size === 0) setTimeout(askWaiting, TOGETHER_MS);
  for (const key of keys) waiting.set(JSON.stringify(key), key);
}

function askWaiting(): void {
  const due = [...waiting.values()];
  waiting.clear();
  for (const queryKey of due) void queryClient.invalidateQueries({ queryKey });
}

/** Whatever is on screen of a thing that changed is asked anew. */
export function apply(notice: Notice): void {
  const kind = kindOf(notice.kind);
  askAnew([...(kind?.refresh ?? []), ...(notice.says ? [BELL] : [])]);
  if (kind?.renews) void refresh();
}

/** What was missed is not known: everything is asked anew. */
export function applyAll(): void {
  void queryClient.invalidateQueries();
}
