import { type ReactNode, useDeferredValue } from "react";

/**
 * Much at once: drawn in slices, so that a finger that scrolls meanwhile is not kept waiting. What arrives by a query
 * would otherwise be drawn in one go. Until it stands, `fallback` does, which is the skeleton that stood there before.
 */
export function Sliced({ fallback, children }: { fallback: ReactNode; children: ReactNode }) {
  const ready = useDeferredValue(true, false);
  return ready ? children : fallback;
}
