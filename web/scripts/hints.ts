import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Plugin } from "vite";
// @ts-expect-error a script without types of its own
import { features } from "./features.mjs";

interface Chunk {
  file: string;
  css?: string[];
  imports?: string[];
}
type Manifest = Record<string, Chunk>;

/**
 * What a page fetches: the entry, the words of a language, its own chunks. In this order, for a browser asks for six things
 * at a time where there is no HTTP/2, and nothing happens before the entry runs.
 */
export interface Hint {
  path: string;
  entry: string[];
  any: string[];
  ko: string[];
  en: string[];
}

const LANGUAGES = ["ko", "en"] as const;

/** `chefList: lazyRouteComponent(withWords("booking", () => import("./guest/Book")), …` by screen. */
function componentsOf(source: string): Map<string, { file: string; part: string | undefined }> {
  const found = new Map<string, { file: string; part: string | undefined }>();
  for (const [, screen, body] of source.matchAll(/^ {2}(\w+): lazyRouteComponent\(([\s\S]*?)\n? ?\),?$/gm)) {
    const file = body?.match(/import\("\.\/([^"]+)"\)/)?.[1];
    if (screen && file) found.set(screen, { file, part: body?.match(/withWords\("(\w+)"/)?.[1] });
  }
  return found;
}

/** Everything that is fetched before one of `keys` runs: itself, its static imports, their styles. */
function filesOf(manifest: Manifest, keys: readonly string[], without: ReadonlySet<string>): string[] {
  const seen = new Set<string>();
  const files = new Set<string>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (!chunk || seen.has(key)) return;
    seen.add(key);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) if (!without.has(file)) files.add(file);
    for (const next of chunk.imports ?? []) visit(next);
  };
  for (const key of keys) visit(key);
  return [...files];
}

/**
 * Write `.vite/hints.json`: which chunks each page needs. The server names them in the page's headers, so that they are
 * fetched beside the entry instead of one after another, as each finds out what it imports.
 */
export function hints(): Plugin {
  let outDir = "";
  let root = "";
  return {
    name: "hints",
    apply: "build",
    configResolved(config) {
      root = config.root;
      outDir = path.resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      const manifest: Manifest = JSON.parse(readFileSync(path.join(outDir, ".vite/manifest.json"), "utf8"));
      const entry = new Set(filesOf(manifest, ["index.html"], new Set()));
      const found: Hint[] = [];
      const words = (folder: string, part: string | undefined, language: string) =>
        `${folder}/messages/${part ? `${part}.` : ""}${language}.json`;
      for (const { name, screens } of await features()) {
        const folder = `../softfactory/services/${name}/web`;
        const components = componentsOf(readFileSync(path.resolve(root, folder, "screens.tsx"), "utf8"));
        for (const { path: address, screen } of screens) {
          const component = components.get(screen);
          const own = component
            ? [`${folder}/${component.file}.tsx`, `${folder}/${component.file}/index.tsx`]
            : [];
          const of = (language: string) => [
            `messages/${language}.json`,
            ...Object.keys(manifest).filter((key) => key.endsWith(`dayjs/locale/${language}.js`)),
            words(folder, undefined, language),
            ...(component?.part ? [words(folder, component.part, language)] : []),
          ];
          found.push({
            path: address,
            entry: [...entry],
            any: filesOf(manifest, [`${folder}/screens.tsx`, ...own], entry),
            ...(Object.fromEntries(
              LANGUAGES.map((language) => [language, filesOf(manifest, of(language), entry)]),
            ) as Record<(typeof LANGUAGES)[number], string[]>),
          });
        }
      }
      writeFileSync(path.join(outDir, ".vite/hints.json"), JSON.stringify(found));
    },
  };
}
