import { useEffect } from "react";

/**
 * Gives the focus back to what had it, when a dialog that is mounted only while it is open goes away: Mantine returns it
 * only from a dialog that stays and closes.
 */
export function useFocusBack(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      requestAnimationFrame(() => {
        if (before instanceof HTMLElement && before.isConnected && document.activeElement === document.body) {
          before.focus({ preventScroll: true });
        }
      });
    };
  }, []);
}
