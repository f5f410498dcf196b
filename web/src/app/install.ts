import { useSyncExternalStore } from "react";

/** What Chromium hands to a page that it would install; other browsers have their own menu for it. */
interface InstallOffer extends Event {
  prompt: () => Promise<void>;
  userChoice: Promise<{ outcome: "accepted" | "dismissed" }>;
}

let offer: InstallOffer | null = null;
const listeners = new Set<() => void>();

function become(next: InstallOffer | null): void {
  offer = next;
  for (const listener of listeners) listener();
}

if (typeof window !== "undefined") {
  window.addEventListener("beforeinstallprompt", (event) => {
    // Kept for the account menu: nobody is asked in the middle of something else.
    event.preventDefault();
    become(event as InstallOffer);
  });
  window.addEventListener("appinstalled", () => become(null));
}

/** Installs the app, where the browser offers it; null elsewhere. */
export function useInstall(): (() => Promise<void>) | null {
  const now = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => offer,
    () => null,
  );
  if (!now) return null;
  return async () => {
    await now.prompt();
    await now.userChoice;
    become(null);
  };
}
