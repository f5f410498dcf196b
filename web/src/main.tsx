import "#web/ui/styles";
import { startTransition } from "react";
import { createRoot } from "react-dom/client";
import { App } from "#web/app/App";
import { startI18n } from "#web/app/i18n";
import { startLive } from "#web/app/live/live";
import { clearOnChangeOfPerson } from "#web/app/query";
import { makeRouter } from "#web/app/router";
import { currentSession, startSession } from "#web/app/session";

const router = makeRouter();

async function start(): Promise<void> {
  void startSession().then(() => {
    clearOnChangeOfPerson(() => currentSession().user?.id ?? null);
    startLive();
  });
  await startI18n();
  const place = document.getElementById("root");
  if (!place) throw new Error("index.html has no #root");
  // What the server sent stands, out of reach, until the page itself can take its place (`prerender.tsx`).
  if (place.inert) await router.load();
  const onShown = () => {
    place.inert = false;
  };
  // In slices: a finger that scrolls meanwhile is not kept waiting.
  startTransition(() => createRoot(place).render(<App router={router} onShown={onShown} />));
}

// `start.js` tells it, where a first view stands; elsewhere the console does.
start().catch((reason) => {
  window.dispatchEvent(new Event("sf:failed"));
  throw reason;
});

// After everything that the person is waiting for.
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  const later = () =>
    setTimeout(() => {
      import("#web/app/pwa").then(({ startWorker }) => startWorker()).catch(() => undefined);
    }, 1500);
  if (document.readyState === "complete") later();
  else window.addEventListener("load", later);
}
