import {
  createLazyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  type NotFoundRouteProps,
} from "@tanstack/react-router";
import i18next from "i18next";
import { isDemo } from "#web/app/deployment";
import type { Feature, Screen } from "#web/app/feature";
import { features, screensOf } from "#web/app/features";
import { Gate } from "#web/app/Gate";
import { Shell } from "#web/app/Shell";
import { parseSearch, stringifySearch } from "#web/app/search";
import { ErrorPage, NotFoundPage, PendingPage } from "#web/app/states";

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    screen?: Screen;
    feature?: Feature;
  }
}

const root = createRootRoute({
  component: Shell,
  notFoundComponent: (_: NotFoundRouteProps) => <NotFoundPage />,
  errorComponent: ({ error, reset }) => <ErrorPage error={error} reset={reset} />,
});

/** One route of a service. Its code and its messages arrive together, before it is shown. */
function routeOf(feature: Feature, screen: Screen) {
  return createRoute({
    getParentRoute: () => root,
    path: screen.path,
    staticData: { screen, feature },
  }).lazy(async () => {
    const [{ screens }] = await Promise.all([
      screensOf(feature.name)(),
      i18next.loadNamespaces(feature.name),
    ]);
    const Component = screens[screen.screen];
    if (!Component) throw new Error(`${feature.name} has no screen called ${screen.screen}`);
    await (Component as { preload?: () => Promise<void> }).preload?.();
    return createLazyRoute(screen.path)({
      component: () => (
        <Gate access={screen.access}>
          <Component />
        </Gate>
      ),
    });
  });
}

/** Every shared component in every state, for those who build screens; a real deployment has no such address. */
const gallery = createRoute({ getParentRoute: () => root, path: "/dev/ui" }).lazy(async () => {
  const [{ default: Gallery }] = await Promise.all([
    import("#web/dev/Gallery"),
    i18next.loadNamespaces("shell/gallery"),
  ]);
  return createLazyRoute("/dev/ui")({ component: Gallery });
});

export const router = createRouter({
  routeTree: root.addChildren([
    ...features.flatMap((each) => each.screens.map((screen) => routeOf(each, screen))),
    ...(isDemo ? [gallery] : []),
  ]),
  parseSearch,
  stringifySearch,
  defaultPreload: "intent",
  defaultPendingMs: 100,
  defaultPendingMinMs: 0,
  defaultPendingComponent: PendingPage,
  defaultErrorComponent: ({ error, reset }) => <ErrorPage error={error} reset={reset} />,
  defaultNotFoundComponent: () => <NotFoundPage />,
  scrollRestoration: true,
});
