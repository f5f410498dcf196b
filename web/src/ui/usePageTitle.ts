import { useEffect } from "react";

const SITE = "SoftFactory";

const listeners = new Set<(title: string) => void>();

/** Hear when a screen names itself after its subject. */
export function onNamed(listener: (title: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Name the browser's tab. */
export function nameTab(title: string): void {
  document.title = title && title !== SITE ? `${title} · ${SITE}` : SITE;
}

/** Name the tab after the screen's subject, once it is known. */
export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    if (!title) return;
    nameTab(title);
    for (const listener of listeners) listener(title);
  }, [title]);
}
