import "#web/ui/styles";
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startI18n } from "#web/app/i18n";
import { startLive } from "#web/app/live/live";
import { clearOnChangeOfPerson, queryClient } from "#web/app/query";
import { router } from "#web/app/router";
import { currentSession, startSession } from "#web/app/session";
import { cssVariables, theme } from "#web/ui/theme";

async function start(): Promise<void> {
  void startSession().then(() => {
    clearOnChangeOfPerson(() => currentSession().user?.id ?? null);
    startLive();
  });
  await startI18n();
  const place = document.getElementById("root");
  if (!place) throw new Error("index.html has no #root");
  createRoot(place).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

void start();

// After everything that the person is waiting for.
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  window.addEventListener("load", () =>
    setTimeout(() => {
      import("#web/app/pwa").then(({ startWorker }) => startWorker()).catch(() => undefined);
    }, 1500),
  );
}
