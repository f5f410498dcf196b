import { readFileSync } from "node:fs";
import path from "node:path";
import { MantineProvider } from "@mantine/core";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { fireEvent, render, screen } from "@testing-library/react";
import axe from "axe-core";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { groups } from "#web/dev/entries";
import type { State } from "#web/dev/entry";
import { cssVariables, theme } from "#web/ui/theme";

const messages = path.join(import.meta.dirname, "../../messages");
const read = (name: string) => JSON.parse(readFileSync(path.join(messages, `${name}.json`), "utf8"));
const missing: string[] = [];

beforeAll(async () => {
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
  }));
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  window.scrollTo = () => undefined;
  Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
  await i18next.use(initReactI18next).init({
    lng: "ko",
    ns: ["shell", "shell/gallery"],
    defaultNS: "shell",
    fallbackNS: "shell",
    interpolation: { escapeValue: false },
    saveMissing: true,
    missingKeyHandler: (_languages, namespace, key) => missing.push(`${namespace}:${key}`),
    resources: {
      ko: { shell: read("ko"), "shell/gallery": read("gallery.ko") },
      en: { shell: read("en"), "shell/gallery": read("gallery.en") },
    },
  });
});
afterAll(() => vi.unstubAllGlobals());
beforeEach(() => {
  missing.length = 0;
});

async function show({ Show }: State) {
  const root = createRootRoute();
  const home = createRoute({ getParentRoute: () => root, path: "/", component: () => <Show /> });
  const router = createRouter({
    routeTree: root.addChildren([home]),
    history: createMemoryHistory({ initialEntries: ["/"] }),
  });
  await router.load();
  render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} env="test">
      <main>
        <RouterProvider router={router as never} />
      </main>
    </MantineProvider>,
  );
}

/** What a reader must never meet: holes of the code, and words that only the code uses. */
const STRAY =
  /\bundefined\b|\bNaN\b|\[object |\{\{|\b[a-z]+_[a-z_]+\b|\b[A-Z]+_[A-Z_]+\b|\b(sample|state|tone)\.\w+/;

const all = groups.flatMap((group) =>
  group.entries.flatMap((entry) =>
    entry.states.map((state) => ({ group: group.name, title: `${entry.name}: ${state.name}`, state })),
  ),
);

describe.each(["ko", "en"])("the gallery in %s", (language) => {
  beforeAll(() => i18next.changeLanguage(language));

  it.each(all)(
    "$title",
    async ({ group, state }) => {
      await show(state);
      if (state.opens) {
        fireEvent.click(screen.getAllByRole("button")[0] as HTMLElement);
        await screen.findByRole("dialog");
      }
      expect(missing).toEqual([]);
      // Identifiers stand in the gallery as values: names of icons, addresses, keys.
      const words = [...document.body.querySelectorAll("code")].reduce(
        (text, code) => text.replace(code.textContent ?? "", ""),
        document.body.textContent ?? "",
      );
      expect(words).not.toMatch(STRAY);
      if (language === "en") expect(words).not.toMatch(/[가-힣]/);
      if (group === "pictures") return;
      const { violations } = await axe.run(document.body, {
        // jsdom draws nothing: contrast and the page around are the browser's test.
        rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
        resultTypes: ["violations"],
      });
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      // axe reads a table for seconds on a machine that does other things too.
    },
    60_000,
  );
});

it("every state has its name in both languages", () => {
  for (const { state } of all) {
    for (const language of ["ko", "en"]) {
      expect(i18next.exists(`state.${state.name}`, { ns: "shell/gallery", lng: language })).toBe(true);
    }
  }
});
