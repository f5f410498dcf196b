import type { ComponentType } from "react";
import type { Feature, Messages } from "#web/app/feature";
import type { PaletteProvider } from "#web/app/palette/entries";

const found = import.meta.glob<{ feature: Feature }>("../../../softfactory/services/*/web/feature.ts", {
  eager: true,
});
const screenFiles = import.meta.glob<{ screens: Record<string, ComponentType> }>(
  "../../../softfactory/services/*/web/screens.tsx",
);
const paletteFiles = import.meta.glob<{ palette: PaletteProvider }>(
  "../../../softfactory/services/*/web/palette.ts",
);
const messageFiles = import.meta.glob<{ default: Record<string, unknown> }>([
  "../../../softfactory/services/*/web/messages/*.json",
  "../../messages/*.json",
]);

/** All services' features, in the order in which people meet them. */
export const features: readonly Feature[] = Object.values(found)
  .map((module) => module.feature)
  .sort((a, b) => a.order - b.order);

/** What services add to the palette, by service. */
export const providerFiles = Object.entries(paletteFiles).map(([file, load]) => ({
  service: file.split("/").at(-3) as string,
  load,
}));

export function screensOf(service: string): () => Promise<{ screens: Record<string, ComponentType> }> {
  const load = screenFiles[`../../../softfactory/services/${service}/web/screens.tsx`];
  if (!load) throw new Error(`${service} has a feature.ts but no screens.tsx`);
  return load;
}

/**
 * The loader of a namespace's messages: `shell`, a service's own (`coocook`), or those of a part of its screens
 * (`coocook/desk` reads `messages/desk.ko.json`, `shell/admin` the shell's), which a component asks for by
 * `useTranslation`.
 */
export function messagesOf(namespace: string, language: string): Messages | undefined {
  const [service, part] = namespace.split("/");
  const file = part ? `${part}.${language}.json` : `${language}.json`;
  const path =
    service === "shell"
      ? `../../messages/${file}`
      : `../../../softfactory/services/${service}/web/messages/${file}`;
  return messageFiles[path];
}
