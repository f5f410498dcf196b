import dayjs from "dayjs";
import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language, Text } from "#web/app/feature";
import { messagesOf } from "#web/app/features";
import { recall, remember } from "#web/app/memory";
import { together } from "#web/app/together";

const CHOSEN = "sf.language";

/** Messages come as chunks of the build: only the language in use, and a service's only with its screens. */
const fromChunks: BackendModule = {
  type: "backend",
  init: () => undefined,
  read(language, namespace, done) {
    const load = messagesOf(namespace, language);
    if (!load) return done(null, {});
    load().then(
      (module) => done(null, module.default as Record<string, never>),
      // Once more, a little later: words that are missing would show as keys.
      (reason) => done(reason, true),
    );
  },
};

export function language(): Language {
  return i18next.language === "en" ? "en" : "ko";
}

/** A text that a feature carries in both languages. */
export function say(text: Text): string {
  return together(text[language()]);
}

function preferred(): Language {
  const chosen = recall(CHOSEN);
  if (chosen === "ko" || chosen === "en") return chosen;
  return /^ko\b/i.test(navigator.language) ? "ko" : "en";
}

async function applyLanguage(to: Language): Promise<void> {
  document.documentElement.lang = to;
  // The calendars' month and weekday names; English is built into dayjs.
  if (to === "ko") await import("dayjs/locale/ko");
  dayjs.locale(to);
  document.querySelector('link[rel="manifest"]')?.setAttribute("href", `/manifest.${to}.webmanifest`);
}

export async function chooseLanguage(to: Language): Promise<void> {
  // All words first: without a network the page stays in the language that it has.
  await Promise.all([i18next.options.ns ?? []].flat().map((namespace) => messagesOf(namespace, to)?.()));
  remember(CHOSEN, to);
  // The server writes a page's head and first view in it.
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser of today
  document.cookie = `${CHOSEN}=${to}; Path=/; Max-Age=31536000; SameSite=Lax`;
  await applyLanguage(to);
  await i18next.changeLanguage(to);
}

export async function startMessages(first: Language): Promise<void> {
  await i18next
    .use(fromChunks)
    .use(initReactI18next)
    .use({ type: "postProcessor", name: "together", process: together })
    .init({
      lng: first,
      supportedLngs: ["ko", "en"],
      fallbackLng: false,
      ns: ["shell"],
      defaultNS: "shell",
      fallbackNS: "shell",
      postProcess: ["together"],
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    });
  if (!i18next.hasResourceBundle(first, "shell")) throw new Error("The words did not come.");
}

export async function startI18n(): Promise<void> {
  const first = preferred();
  await Promise.all([applyLanguage(first), startMessages(first)]);
}
