/** Measure the first load of the built app (entry, its static imports, their styles) and fail past the budget. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";

const KB = 1024;
const FIRST_SCRIPT = 250 * KB;
const FIRST_STYLE = 30 * KB;
const ROUTE_SCRIPT = 80 * KB;

const dist = path.join(import.meta.dirname, "../dist");
const manifest = JSON.parse(readFileSync(path.join(dist, ".vite/manifest.json"), "utf8"));
const sizes = new Map();

function compressed(file) {
  if (!sizes.has(file)) sizes.set(file, brotliCompressSync(readFileSync(path.join(dist, file))).length);
  return sizes.get(file);
}

/** Everything the browser fetches before `key` runs: itself, static imports, their styles. */
function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) closure(next, seen);
  return seen;
}

function weigh(keys) {
  const scripts = new Set();
  const styles = new Set();
  for (const key of keys) {
    scripts.add(manifest[key].file);
    for (const style of manifest[key].css ?? []) styles.add(style);
  }
  const sum = (files) => [...files].reduce((total, file) => total + compressed(file), 0);
  return { script: sum(scripts), style: sum(styles) };
}

const kb = (bytes) => `${(bytes / KB).toFixed(1)} KB`;
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const firstKeys = closure(entry);
const first = weigh(firstKeys);
let failed = false;

function report(name, bytes, limit) {
  const over = bytes > limit;
  failed ||= over;
  console.log(`${over ? "OVER" : "ok  "} ${name.padEnd(52)} ${kb(bytes).padStart(9)} of ${kb(limit)}`);
}

report("first load, script (brotli)", first.script, FIRST_SCRIPT);
report("first load, style (brotli)", first.style, FIRST_STYLE);
for (const key of Object.keys(manifest)) {
  if (!manifest[key].isDynamicEntry || !/services\/\w+\/web\/.*\.tsx$/.test(key)) continue;
  const own = [...closure(key)].filter((each) => !firstKeys.has(each));
  report(key.replace(/^.*services\//, ""), weigh(own).script, ROUTE_SCRIPT);
}
process.exitCode = failed ? 1 : 0;
