import path from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { hints } from "./web/scripts/hints.ts";
import { offline } from "./web/scripts/offline.ts";
import { pages } from "./web/scripts/pages.ts";
import { precompress } from "./web/scripts/precompress.ts";
import { prerender } from "./web/scripts/prerender.ts";

const repository = import.meta.dirname;

/** A chunk is named after the service it belongs to, so that the network panel and the budget read like the tree. */
function chunkName(chunk: { name: string; facadeModuleId?: string | null; moduleIds?: string[] }): string {
  if (chunk.name.endsWith("-parts")) return "assets/[name]-[hash].js";
  const from = chunk.facadeModuleId ?? chunk.moduleIds?.at(-1) ?? "";
  // The server keeps these from everybody but demos: `softfactory/web.py`.
  if (from.includes("web/src/dev/")) return "assets/dev-[name]-[hash].js";
  const owner = from.match(/services\/([a-z_]+)\/web\//);
  return owner ? `assets/${owner[1]}-[name]-[hash].js` : "assets/[name]-[hash].js";
}

/** What nearly every screen with a form or a filter shows. */
const FIELDS =
  /@mantine[\\/]core[\\/]esm[\\/]components[\\/](Input|InputBase|InputsGroupFieldset|TextInput|Select|Combobox|ScrollArea|Checkbox|Chip|Pill|PillsInput|Text\w*)[\\/]/;

/** The small components that most screens share; what is larger comes with the screens that need it. */
const UI =
  /web[\\/]src[\\/]ui[\\/](\w*State|Link|Money|MoreButton|Notice|Picture|RatingStars|StatusChip|SumLines|Timeline|ZonedTime|format|use\w+)\.[^\\/]+$/;

/** What several screens of one service share. */
function partsOf(id: string): string | null {
  const service = id.match(/services[\\/]([a-z_]+)[\\/]web[\\/](?!messages|feature)/)?.[1];
  return service ? `${service}-parts` : null;
}

export default defineConfig({
  root: "web",
  cacheDir: path.join(repository, "node_modules/.vite"),
  resolve: { alias: { "#web": path.join(repository, "web/src") } },
  plugins: [
    react(),
    hints(),
    pages(repository),
    prerender(repository),
    offline(path.join(repository, "web/dist")),
    precompress(),
  ],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: true,
    // Inlined fonts and pictures would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    // Browsers of 2024 on know `light-dark()`; for older ones it would be rewritten into something that does not work.
    cssTarget: ["chrome123", "edge123", "firefox120", "safari17.5"],
    rollupOptions: {
      output: {
        chunkFileNames: chunkName,
        // Where there is no HTTP/2 a browser asks for six files at a time: few larger chunks arrive sooner than many small.
        codeSplitting: {
          groups: [
            // Libraries change seldom: after an update of the platform they are still in the browser's cache.
            { name: "libraries", tags: ["$initial"], test: /node_modules/, priority: 4 },
            { name: "shell", tags: ["$initial"], priority: 3 },
            { name: "fields", test: FIELDS, minShareCount: 2, priority: 2 },
            { name: "illustration", test: /ui[\\/]illustration[\\/]/, priority: 2 },
            { name: "ui", test: UI, minShareCount: 5, priority: 1 },
            // Whatever a part imports is shared at least as much, so no two chunks import one another.
            { name: partsOf, debugName: "parts", minShareCount: 9, includeDependenciesRecursively: false },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    fs: { allow: [repository] },
    proxy: {
      "/api": "http://127.0.0.1:8000",
      "/media": "http://127.0.0.1:8000",
      "/health": "http://127.0.0.1:8000",
    },
  },
  test: {
    root: repository,
    environment: "jsdom",
    include: ["web/src/**/*.test.{ts,tsx}", "softfactory/services/*/web/**/*.test.{ts,tsx}"],
    setupFiles: ["web/src/testing.ts"],
    env: { TZ: "Asia/Seoul" },
  },
});
