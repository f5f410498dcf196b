// Every screen of every service, as JSON: for tools that visit the pages. `node web/scripts/features.mjs`.
import { globSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");

/** A feature.ts is data in one call; whatever else it imports is types, which are stripped. */
async function featureOf(file) {
  const source = stripTypeScriptTypes(readFileSync(path.join(root, file), "utf8"));
  const alone = source.replace(/^import [^;]*;$/gm, "").replace("defineFeature(", "(");
  return (await import(`data:text/javascript,${encodeURIComponent(alone)}`)).feature;
}

/** The features in the order in which people meet them. */
export async function features() {
  const files = globSync("softfactory/services/*/web/feature.ts", { cwd: root }).sort();
  return (await Promise.all(files.map(featureOf))).sort((a, b) => a.order - b.order);
}

if (import.meta.main) {
  const found = await features();
  console.log(
    JSON.stringify(
      found.flatMap(({ name, screens }) => screens.map((screen) => ({ service: name, ...screen }))),
    ),
  );
}
