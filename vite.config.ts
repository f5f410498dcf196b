import path from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { hints } from "./web/scripts/hints.ts";
import { offline } from "./web/scripts/offline.ts";
import { pages } from "./web/scripts/pages.ts";
import { precompress } from "./web/scripts/precompress.ts";

const repository = import.meta.dirname;

/** A chunk is named after the service it belongs to, so that the network panel and the budget read like the tree. */
function chunkName(chunk: { name: string; facadeModuleId?: string | null; moduleIds?: string[] }): string {
  const from = chunk.facadeModuleId ?? chunk.moduleIds?.at(-1) ?? "";
  // The server keeps these from everybody but demos: `softfactory/web.py`.
  if (from.includes("web/src/dev/")) return "assets/dev-[name]-[hash].js";
  const owner = from.match(/services\/([a-z_]+)\/web\//);
  return owner ? `assets/${owner[1]}-[name]-[hash].js` : "assets/[name]-[hash].js";
}

export default defineConfig({
  root: "web",
  cacheDir: path.join(repository, "node_modules/.vite"),
  resolve: { alias: { "#web": path.join(repository, "web/src") } },
  plugins: [react(), hints(), pages(repository), offline(path.join(repository, "web/dist")), precompress()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: true,
    // Inlined fonts and pictures would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    // Browsers of 2024 on know `light-dark()`; for older ones it would be rewritten into something that does not work.
    cssTarget: ["chrome123", "edge123", "firefox120", "safari17.5"],
    rollupOptions: { output: { chunkFileNames: chunkName } },
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
