import { Notifications } from "@mantine/notifications";
import { Outlet, useMatches, useRouter, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { BottomBar } from "#web/app/BottomBar";
import { Footer } from "#web/app/Footer";
import { Header } from "#web/app/Header";
import { say } from "#web/app/i18n";
import { OfflineBanner } from "#web/app/OfflineBanner";
import { forgetVisitsWithTheirPerson, noteVisit } from "#web/app/palette/recent";
import { StepUp } from "#web/app/StepUp";
import { nameTab, onNamed } from "#web/ui/usePageTitle";
import classes from "./Shell.module.css";

forgetVisitsWithTheirPerson();

/** The frame around every screen. */
export function Shell() {
  const { t, i18n } = useTranslation("shell");
  const screen = useMatches().at(-1)?.staticData.screen;
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname ?? "" });
  const router = useRouter();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);

  // A screen may name itself better once it knows its subject; until then its route names it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the language changes what `say` returns
  useEffect(() => {
    if (screen) nameTab(say(screen.title));
  }, [screen, i18n.language]);

  // What one looked at last is at hand in the palette, under the name that its screen gave itself.
  useEffect(
    () =>
      onNamed((title) => {
        const last = router.state.matches.at(-1);
        const { screen: shown, feature } = last?.staticData ?? {};
        if (!last || !shown?.path.match(/\$\w+$/) || !feature) return;
        noteVisit({ path: last.pathname, title, icon: feature.icon });
      }),
    [router],
  );

  // Keyboard and screen reader users start a new page at its content, as after a full load.
  useEffect(() => {
    if (!first.current && path) main.current?.focus({ preventScroll: true });
    if (path) first.current = false;
  }, [path]);

  return (
    <>
      <a className={classes.skip} href="#content">
        {t("skip")}
      </a>
      <Header />
      <OfflineBanner />
      <main id="content" ref={main} tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
      <Footer />
      <BottomBar />
      <StepUp />
      <Notifications position="top-center" limit={3} autoClose={6000} className={classes.toasts} />
    </>
  );
}
