import { Drawer, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link, Outlet, useMatches, useRouterState } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWaiting } from "#web/admin/waiting";
import { ADMIN_GROUPS, type NavEntry } from "#web/app/feature";
import { say } from "#web/app/i18n";
import { useSession } from "#web/app/session";
import { useAdminNavigation } from "#web/app/useNavigation";
import { Icon, type IconName } from "#web/ui/icons";
import { TextLink } from "#web/ui/Link";
import classes from "./AdminFrame.module.css";

interface Place {
  path: string;
  label: string;
  icon: IconName;
  count: number;
}

function PlaceLink({ place, onGo }: { place: Place; onGo?: () => void }) {
  const { t } = useTranslation("shell/admin");
  return (
    <Link
      to={place.path}
      onClick={onGo}
      className={classes.place}
      activeProps={{ className: classes.active, "aria-current": "page" }}
      activeOptions={{ exact: place.path === "/admin", includeSearch: false }}
    >
      <Icon name={place.icon} size={20} />
      <span className={classes.label}>{place.label}</span>
      {place.count > 0 ? (
        <span className={classes.count}>
          <span aria-hidden="true">{place.count > 99 ? "99+" : place.count}</span>
          <span className={classes.hidden}>{t("frame.waiting", { count: place.count })}</span>
        </span>
      ) : null}
    </Link>
  );
}

function Places({ groups, onGo }: { groups: readonly [string, Place[]][]; onGo?: () => void }) {
  return groups.map(([title, places]) => (
    <div key={title} className={classes.group}>
      {title ? <p className={classes.groupTitle}>{title}</p> : null}
      <ul className={classes.list}>
        {places.map((place) => (
          <li key={place.path}>
            <PlaceLink place={place} onGo={onGo} />
          </li>
        ))}
      </ul>
    </div>
  ));
}

function useGroups(entries: readonly NavEntry[]): [string, Place[]][] {
  const { t } = useTranslation("shell/admin");
  const { counts } = useWaiting();
  const home: Place = { path: "/admin", label: t("frame.home"), icon: "home", count: 0 };
  const place = (entry: NavEntry): Place => ({
    path: entry.path,
    label: say(entry.label),
    icon: entry.icon,
    count: (entry.waiting ?? []).reduce((sum, kind) => sum + (counts[kind] ?? 0), 0),
  });
  const groups = ADMIN_GROUPS.map((group): [string, Place[]] => [
    t(`frame.group.${group}`),
    entries.filter((entry) => entry.admin === group).map(place),
  ]);
  return [["", [home]], ...groups.filter(([, places]) => places.length > 0)];
}

/** The place in the navigation that an address belongs to: the longest that it starts with. */
function placeOf(path: string, places: readonly Place[]): Place | undefined {
  return places
    .filter((place) => path === place.path || path.startsWith(`${place.path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

function Crumbs({ here, path }: { here: Place | undefined; path: string }) {
  const { t } = useTranslation("shell/admin");
  const screen = useMatches().at(-1)?.staticData.screen;
  if (!here || here.path === "/admin") return null;
  const deeper = path !== here.path && screen ? say(screen.title) : null;
  return (
    <nav aria-label={t("frame.crumbs")} className={classes.crumbs}>
      <ol>
        <li>
          <TextLink to="/admin">{t("frame.title")}</TextLink>
        </li>
        <li>{deeper ? <TextLink to={here.path}>{here.label}</TextLink> : <span>{here.label}</span>}</li>
        {deeper ? <li aria-current="page">{deeper}</li> : null}
      </ol>
    </nav>
  );
}

function Framed() {
  const { t } = useTranslation("shell/admin");
  const entries = useAdminNavigation();
  const groups = useGroups(entries);
  const path = useRouterState({ select: (state) => state.location.pathname }).replace(/\/$/, "");
  const [opened, sheet] = useDisclosure(false);
  const here = placeOf(
    path,
    groups.flatMap(([, places]) => places),
  );
  const waiting = groups.reduce(
    (sum, [, places]) => sum + places.reduce((more, place) => more + place.count, 0),
    0,
  );
  return (
    <div className={classes.frame}>
      <nav aria-label={t("frame.nav")} className={classes.side}>
        <Places groups={groups} />
      </nav>
      <div className={classes.phone}>
        <UnstyledButton className={classes.open} onClick={sheet.open} aria-haspopup="dialog">
          <Icon name={here?.icon ?? "menu"} size={20} />
          <span className={classes.label}>{here?.label ?? t("frame.title")}</span>
          {waiting > 0 ? (
            <span className={classes.count}>
              <span aria-hidden="true">{waiting > 99 ? "99+" : waiting}</span>
              <span className={classes.hidden}>{t("frame.waiting", { count: waiting })}</span>
            </span>
          ) : null}
          <Icon name="chevronDown" size={18} />
        </UnstyledButton>
        <Drawer
          opened={opened}
          onClose={sheet.close}
          position="bottom"
          size="85%"
          title={t("frame.title")}
          closeButtonProps={{ "aria-label": t("shell:close"), size: 44 }}
          styles={{ content: { borderRadius: "16px 16px 0 0" }, title: { fontWeight: 700 } }}
        >
          <nav aria-label={t("frame.nav")}>
            <Places groups={groups} onGo={sheet.close} />
          </nav>
        </Drawer>
      </div>
      <div className={classes.content}>
        <Crumbs here={here} path={path} />
        <Outlet />
      </div>
    </div>
  );
}

/** The frame of every screen under `/admin`: where one can go, where one is, and how much waits where. */
export function AdminFrame() {
  const { user } = useSession();
  const mayWatch = user?.roles.some((role) => role === "admin" || role === "operator") ?? false;
  // Whoever may not be here is told so by the screen's own gate.
  return mayWatch ? <Framed /> : <Outlet />;
}
