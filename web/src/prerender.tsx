/**
 * The first view of each page: what it shows before it knows anything, its frame, its heading, its skeleton. The build
 * renders it (`scripts/prerender.ts`) and the server sends it with the page, so that people see where they are while the
 * scripts are still on their way; then the app takes its place.
 */
import { createMemoryHistory } from "@tanstack/react-router";
import dayjs from "dayjs";
import "dayjs/locale/ko";
import i18next from "i18next";
import { renderToString } from "react-dom/server.edge";
import { prerender } from "react-dom/static.edge";
import { App } from "#web/app/App";
import type { Language } from "#web/app/feature";
import { features } from "#web/app/features";
import { startMessages } from "#web/app/i18n";
import { makeRouter } from "#web/app/router";

export interface View {
  path: string;
  html: Record<Language, string>;
}

/** Fields cannot be written in yet, and nothing runs: the app does both when it is there. */
function still(html: string): string {
  return html
    .replace(/<script[^>]*>.*?<\/script>|<!--.*?-->/gs, "")
    .replace(/<(input|textarea)(?=[\s>])/g, "<$1 readonly");
}

async function view(path: string): Promise<string> {
  const router = makeRouter(createMemoryHistory({ initialEntries: [path.replace(/\$\w+/g, "-")] }));
  await router.load();
  // The first waits for whatever is still on its way; the second then needs no script to put it into its place.
  await prerender(<App router={router} />);
  return still(renderToString(<App router={router} />));
}

/** Of every screen; those that ask who is there first show their heading and a skeleton. */
export async function views(): Promise<View[]> {
  await startMessages("ko");
  const found: View[] = [];
  for (const screen of features.flatMap((feature) => feature.screens)) {
    const html: Partial<View["html"]> = {};
    for (const language of ["ko", "en"] as const) {
      dayjs.locale(language);
      await i18next.changeLanguage(language);
      html[language] = await view(screen.path);
    }
    found.push({ path: screen.path, html: html as View["html"] });
  }
  return found;
}
