import { readFileSync } from "node:fs";
import path from "node:path";
import type { PluginOption } from "vite";
import { VitePWA, type VitePWAOptions } from "vite-plugin-pwa";

type ManifestTransform = NonNullable<VitePWAOptions["workbox"]["manifestTransforms"]>[number];

interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
  css?: string[];
  assets?: string[];
}

/** The shell and its words, in both languages: what the app needs to say anything at all. */
const WORDS = ["messages/ko.json", "messages/en.json", "dayjs/locale/ko.js"];

/** Of all that was built, only the first load: everything else is kept when somebody has opened it. */
function firstLoad(dist: string): ManifestTransform {
  return async (entries) => {
    const built: Record<string, Chunk> = JSON.parse(
      readFileSync(path.join(dist, ".vite/manifest.json"), "utf8"),
    );
    const files = new Set(["index.html", "first-paint.js", "icon.svg", "icons/icon-192.png"]);
    const seen = new Set<string>();
    const take = (key: string) => {
      const chunk = built[key];
      if (!chunk || seen.has(key)) return;
      seen.add(key);
      for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
      for (const next of chunk.imports ?? []) take(next);
    };
    for (const [key, chunk] of Object.entries(built))
      if (chunk.isEntry || WORDS.some((words) => key === words || key.endsWith(`node_modules/${words}`)))
        take(key);
    const kept = entries.filter(({ url }) => files.has(url) || /\/ui-sans-core-[^/]+\.woff2$/.test(url));
    const missing = [...files].filter((file) => !kept.some(({ url }) => url === file));
    if (missing.length > 0) throw new Error(`the offline shell lacks ${missing.join(", ")}`);
    return { manifest: kept, warnings: [] };
  };
}

/**
 * The service worker: the shell when there is no network, and the code of screens that were opened before. A page is
 * always asked of the server first, and no answer of the API is ever kept: what it says must be true now.
 */
export function offline(dist: string): PluginOption {
  return VitePWA({
    registerType: "prompt",
    injectRegister: null,
    manifest: false,
    includeAssets: [],
    workbox: {
      globPatterns: ["**/*.{html,js,css,woff2,svg,png}"],
      globIgnores: ["licences/**"],
      maximumFileSizeToCacheInBytes: 4_000_000,
      manifestTransforms: [firstLoad(dist)],
      // Names in assets/ carry a hash of what is in them.
      dontCacheBustURLsMatching: /^assets\//,
      inlineWorkboxRuntime: true,
      sourcemap: false,
      clientsClaim: true,
      cleanupOutdatedCaches: true,
      // "/" must come from the server as every page does.
      navigateFallback: null,
      directoryIndex: null,
      runtimeCaching: [
        {
          urlPattern: ({ request, url }) =>
            request.mode === "navigate" &&
            !/^\/(api|docs|redoc|openapi|health|metrics|media|internal|\.well-known)\b/.test(url.pathname),
          handler: "NetworkOnly",
          options: { precacheFallback: { fallbackURL: "index.html" } },
        },
        {
          urlPattern: ({ sameOrigin, url }) => sameOrigin && url.pathname.startsWith("/assets/"),
          handler: "CacheFirst",
          options: {
            cacheName: "screens",
            expiration: { maxEntries: 300, maxAgeSeconds: 30 * 86_400 },
            cacheableResponse: { statuses: [200] },
          },
        },
      ],
    },
  });
}
