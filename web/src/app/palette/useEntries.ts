import { useMantineColorScheme } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { isDemo } from "#web/app/deployment";
import { allows, type Text } from "#web/app/feature";
import { features, providerFiles } from "#web/app/features";
import { language, say } from "#web/app/i18n";
import { useInstall } from "#web/app/install";
import type { PaletteContext, PaletteEntry } from "#web/app/palette/entries";
import { find } from "#web/app/palette/fuzzy";
import { recentVisits } from "#web/app/palette/recent";
import { switchLanguage } from "#web/app/Switches";
import { useSession } from "#web/app/session";
import type { IconName } from "#web/ui/icons";

const RECENT = 5;
const LEAST_LETTERS = 2;
/** Screens of the shell's own that stand in no menu. */
const ICONS: Record<string, IconName> = {
  "/": "home",
  "/sign-in": "signIn",
  "/sign-up": "user",
  "/account": "user",
};
const both = (text: Text): string[] => [text.ko, text.en];

/** Every screen that this person may open and that needs no subject. */
function usePages(): PaletteEntry[] {
  const { t } = useTranslation("shell/palette");
  const { user } = useSession();
  const roles = user?.roles ?? null;
  const pages = features.flatMap((feature) =>
    feature.screens
      .filter(({ path, access }) => !path.includes("$") && allows(access, roles))
      .filter(({ path }) => !(user && path.startsWith("/sign-")))
      .map(({ path, title }): PaletteEntry => {
        const nav = feature.nav.find((entry) => entry.path === path);
        return {
          id: `page ${path}`,
          group: "pages",
          label: path === "/" ? t("shell:nav.home") : say(nav?.label ?? title),
          hint: path === "/" ? undefined : say(feature.title),
          keywords: [...both(title), ...(nav ? both(nav.label) : []), ...both(feature.title), path],
          icon: nav?.icon ?? ICONS[path] ?? feature.icon,
          to: path,
        };
      }),
  );
  if (isDemo) {
    pages.push({ id: "page gallery", group: "pages", label: t("gallery"), icon: "sparkle", to: "/dev/ui" });
  }
  return pages;
}

function useActions(onHelp: () => void): PaletteEntry[] {
  const { t } = useTranslation("shell/palette");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const install = useInstall();
  const other = language() === "ko" ? "en" : "ko";
  const action = (
    id: string,
    icon: PaletteEntry["icon"],
    run: PaletteEntry["run"],
    keywords: string[] = [],
  ): PaletteEntry => ({ id, group: "actions", label: t(`action.${id}`), icon, run, keywords });
  return [
    action(`language-${other}`, "globe", () => switchLanguage(other), ["language"]),
    ...(["light", "dark", "auto"] as const)
      .filter((scheme) => scheme !== colorScheme)
      .map((scheme) =>
        action(
          `scheme-${scheme}`,
          scheme === "dark" ? "moon" : scheme === "light" ? "sun" : "device",
          () => setColorScheme(scheme),
          ["theme", scheme],
        ),
      ),
    ...(install ? [action("install", "download", install)] : []),
    action("shortcuts", "keyboard", onHelp, ["keyboard"]),
  ];
}

/** The services' own parts of the palette, with their words. */
async function loadProviders() {
  return Promise.all(
    providerFiles.map(async ({ service, load }) => {
      const [{ palette }] = await Promise.all([load(), i18next.loadNamespaces(service)]);
      return palette;
    }),
  );
}

/** What the palette offers for a query: what fits of what is known here, then what the services find. */
export function useEntries(query: string, onHelp: () => void) {
  const navigate = useNavigate();
  const { user } = useSession();
  const pages = usePages();
  const own = useActions(onHelp);
  const providers = useQuery({
    queryKey: ["palette", "providers"],
    queryFn: loadProviders,
    staleTime: Infinity,
  });
  const context: PaletteContext = { user, go: (to) => void navigate({ href: to }) };
  const actions = [...(providers.data ?? []).flatMap((each) => each.actions?.(context) ?? []), ...own];

  const [settled] = useDebouncedValue(query.trim(), 200);
  const asks = settled.length >= LEAST_LETTERS && !/^[ㄱ-ㅎ]+$/.test(settled);
  const searched = useQuery({
    queryKey: ["palette", "found", user?.id ?? null, language(), settled],
    queryFn: async ({ signal }) => {
      const answers = await Promise.allSettled(
        (providers.data ?? []).map((each) => each.search?.(settled, signal, context) ?? []),
      );
      return answers.flatMap((answer) => (answer.status === "fulfilled" ? [...answer.value] : []));
    },
    enabled: asks && providers.isSuccess,
    staleTime: 30_000,
  });
  const recent = recentVisits().map(
    ({ path, title, icon }): PaletteEntry => ({
      id: `recent ${path}`,
      group: "recent",
      label: title,
      icon,
      to: path,
    }),
  );
  const seen = new Set(recent.map(({ to }) => to));
  const found = asks ? (searched.data ?? []).filter(({ to }) => !seen.has(to)) : [];
  return {
    entries: query.trim()
      ? [...find(query, recent), ...find(query, pages), ...found, ...find(query, actions)]
      : [...recent.slice(0, RECENT), ...pages, ...actions],
    searching: asks && searched.isFetching,
  };
}
