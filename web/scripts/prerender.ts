import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import react from "@vitejs/plugin-react";
import { build, type Plugin } from "vite";
import type { View } from "../src/prerender.tsx";
import type { Hint } from "./hints.ts";

/** The views as a deployment of one kind shows them: demos offer their roles. The module decides when it is loaded. */
async function viewsOf(module: string, demo: boolean): Promise<View[]> {
  process.env.SF_FIRST_VIEW_DEMO = demo ? "1" : "0";
  const { views } = (await import(`${pathToFileURL(module)}?demo=${demo}`)) as {
    views: () => Promise<View[]>;
  };
  return await views();
}

/** Write `.vite/views.json`: the first view of each page (`src/prerender.tsx`) and the styles that it needs. */
export function prerender(repository: string): Plugin {
  const cache = path.join(repository, "node_modules/.vite/prerender");
  const web = path.join(repository, "web");
  return {
    name: "prerender",
    apply: "build",
    async closeBundle() {
      await build({
        root: web,
        configFile: false,
        logLevel: "warn",
        resolve: { alias: { "#web": path.join(web, "src") } },
        plugins: [react()],
        // A channel that is listened to would keep the build from ending.
        define: { BroadcastChannel: "undefined" },
        ssr: { noExternal: true },
        build: {
          ssr: path.join(web, "src/prerender.tsx"),
          outDir: cache,
          emptyOutDir: true,
          copyPublicDir: false,
          rollupOptions: { output: { entryFileNames: "prerender.mjs", codeSplitting: false } },
        },
      });
      const module = path.join(cache, "prerender.mjs");
      const [real, demo] = [await viewsOf(module, false), await viewsOf(module, true)];
      const dist = path.join(web, "dist/.vite");
      const hints: Hint[] = JSON.parse(readFileSync(path.join(dist, "hints.json"), "utf8"));
      const pages = real.map(({ path: address, html }, number) => ({
        path: address,
        styles: hints.find((hint) => hint.path === address)?.any.filter((file) => file.endsWith(".css")),
        html,
        demo: demo[number]?.html,
      }));
      writeFileSync(path.join(dist, "views.json"), JSON.stringify(pages));
    },
  };
}
