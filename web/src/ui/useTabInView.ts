import { type RefObject, useEffect, useRef } from "react";

/**
 * On a phone tabs scroll sideways: the one that is open must be seen. The ref is for `Tabs.List`; each tab says its name
 * in `data-tab`. A page that opens at its first tab has nothing to scroll, and is not measured for it.
 */
export function useTabInView(open: string, first: string): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  const atRest = useRef(open === first);
  useEffect(() => {
    if (atRest.current) {
      atRest.current = false;
      return;
    }
    list.current
      ?.querySelector(`[data-tab="${open}"]`)
      ?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [open]);
  return list;
}
