import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode, useLayoutEffect } from "react";
import { queryClient } from "#web/app/query";
import type { AppRouter } from "#web/app/router";
import { cssVariables, theme } from "#web/ui/theme";

/** Everything below `#root`; `onShown` once it stands there. */
export function App({ router, onShown }: { router: AppRouter; onShown?: () => void }) {
  useLayoutEffect(() => onShown?.(), [onShown]);
  return (
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>
  );
}
