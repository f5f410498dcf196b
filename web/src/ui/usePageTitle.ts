import { useEffect } from "react";

const SITE = "SoftFactory";

/** Name the browser's tab. */
export function nameTab(title: string): void {
  document.title = title && title !== SITE ? `${title} · ${SITE}` : SITE;
}

/** Name the tab after the screen's subject, once it is known. */
export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    if (title) nameTab(title);
  }, [title]);
}
