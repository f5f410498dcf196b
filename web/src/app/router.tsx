import {
  createLazyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  type NotFoundRouteProps,
  type RouterHistory,
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
function routeOf(feature: Feature, screen: Screen, parent: typeof root) {
  return createRoute({
    getParentRoute: () => parent,
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
        <Gate access={screen.access} title={screen.title}>
          <Component />
        </Gate>
      ),
    });
  });
}

/** Whatever lies under `/admin`, of any service, stands in the admin area's frame, which is a chunk of its own. */
const admin = createRoute({ getParentRoute: () => root, id: "admin" }).lazy(async () => {
  const [{ AdminFrame }] = await Promise.all([
    import("#web/admin/AdminFrame"),
    i18next.loadNamespaces("shell/admin"),
  ]);
  return createLazyRoute("/admin")({ component: AdminFrame });
});

/** Every shared component in every state, for those who build screens; a real deployment has no such address. */
const gallery = createRoute({ getParentRoute: () => root, path: "/dev/ui" }).lazy(async () => {
  const [{ default: Gallery }] = await Promise.all([
    import("#web/dev/Gallery"),
    i18next.loadNamespaces("shell/gallery"),
  ]);
  return createLazyRoute("/dev/ui")({ component: Gallery });
});

const screens = features.flatMap((feature) => feature.screens.map((screen) => ({ feature, screen })));
const inAdmin = ({ screen }: { screen: Screen }) => /^\/admin(\/|$)/.test(screen.path);

export type AppRouter = ReturnType<typeof makeRouter>;

/** `history` where there is no window: at build time, for the first view of each page. */
export function makeRouter(history?: RouterHistory) {
  return createRouter({
    ...(history ? { history } : {}),
    routeTree: root.addChildren([
      admin.addChildren(
        screens.filter(inAdmin).map(({ feature, screen }) => routeOf(feature, screen, admin as never)),
      ),
      ...screens
        .filter((each) => !inAdmin(each))
        .map(({ feature, screen }) => routeOf(feature, screen, root)),
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
}
