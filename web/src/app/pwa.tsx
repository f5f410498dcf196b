import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import i18next from "i18next";
import { Icon } from "#web/ui/icons";

const LOOK_EVERY_MS = 60 * 60_000;

/**
 * What this page fetched before the worker was there is kept too, so that the screen one is looking at opens again
 * without a network. Addresses in `assets/` carry a hash of what is behind them.
 */
async function keepWhatIsOpen(): Promise<void> {
  const own = performance
    .getEntriesByType("resource")
    .map(({ name }) => name)
    .filter((name) => name.startsWith(`${location.origin}/assets/`));
  const cache = await caches.open("screens");
  for (const address of own) {
    if (!(await caches.match(address))) await cache.add(address).catch(() => undefined);
  }
}

/** A new version is offered and waits: only the person in front of it knows whether they are typing or paying. */
function offer(waiting: ServiceWorker): void {
  const reload = () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage({ type: "SKIP_WAITING" });
  };
  notifications.show({
    id: "update",
    autoClose: false,
    color: "gray",
    icon: <Icon name="sparkle" size={18} />,
    title: i18next.t("update.title", { ns: "shell" }),
    message: (
      <>
        {i18next.t("update.text", { ns: "shell" })}
        <br />
        <Button mt="xs" onClick={reload}>
          {i18next.t("update.now", { ns: "shell" })}
        </Button>
      </>
    ),
    closeButtonProps: { "aria-label": i18next.t("close", { ns: "shell" }) },
  });
}

/** Register the service worker and watch for new versions of it. */
export async function startWorker(): Promise<void> {
  const registration = await navigator.serviceWorker.register("/sw.js");
  const watch = (worker: ServiceWorker | null) =>
    worker?.addEventListener("statechange", () => {
      // The first worker has nothing to replace.
      if (worker.state === "installed" && navigator.serviceWorker.controller) offer(worker);
    });
  if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
  watch(registration.installing);
  registration.addEventListener("updatefound", () => watch(registration.installing));
  await navigator.serviceWorker.ready;
  await keepWhatIsOpen();
  setInterval(() => {
    if (document.visibilityState === "visible") registration.update().catch(() => undefined);
  }, LOOK_EVERY_MS);
}
