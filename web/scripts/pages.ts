import { globSync } from "node:fs";
import path from "node:path";
import { type Plugin, runnerImport } from "vite";
import type { Feature } from "../src/app/feature.ts";

/** Write `pages.json`: what the server says in the head of each page (`softfactory/pages.py`), from every `feature.ts`. */
export function pages(repository: string): Plugin {
  return {
    name: "pages",
    apply: "build",
    async generateBundle() {
      const alias = { "#web": path.join(repository, "web/src") };
      const files = globSync("softfactory/services/*/web/feature.ts", { cwd: repository }).sort();
      const screens = [];
      for (const file of files) {
        const { module } = await runnerImport<{ feature: Feature }>(path.join(repository, file), {
          configFile: false,
          resolve: { alias },
        });
        const { feature } = module;
        for (const { path: address, title, preview } of feature.screens) {
          screens.push({ path: address, title, text: feature.summary, preview });
        }
      }
      this.emitFile({ type: "asset", fileName: "pages.json", source: JSON.stringify(screens) });
    },
  };
}
