import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const repository = path.join(import.meta.dirname, "../../..");
const components = path.join(repository, "node_modules/@mantine/core/esm/components");
const stylesheets = path.join(repository, "node_modules/@mantine/core/styles");

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === "dist" || entry.name === "generated") continue;
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(full);
    else if (/\.tsx?$/.test(entry.name)) yield full;
  }
}

function webFolders(): string[] {
  const services = path.join(repository, "softfactory/services");
  const own = readdirSync(services).map((service) => path.join(services, service, "web"));
  return [path.join(repository, "web/src"), ...own.filter(existsSync)];
}

/** The class names that a component's code reaches, as files: `Button.module.mjs` needs `Button.layer.css`. */
function classNamesOf(file: string, seen: Set<string>): void {
  if (seen.has(file) || !existsSync(file) || file.endsWith("index.mjs")) return;
  seen.add(file);
  for (const [, from] of readFileSync(file, "utf8").matchAll(/from\s*"(\.[^"]+)"/g)) {
    classNamesOf(path.resolve(path.dirname(file), from as string), seen);
  }
}

it("loads the stylesheet of every Mantine component in use", () => {
  const reached = new Set<string>();
  let loaded = "";
  for (const file of webFolders().flatMap((folder) => [...sources(folder)])) {
    const text = readFileSync(file, "utf8");
    for (const [, names] of text.matchAll(/import\s*{([^}]*)}\s*from "@mantine\/core"/g)) {
      for (const each of (names as string).split(",")) {
        const name = each.trim().split(" ")[0] as string;
        classNamesOf(path.join(components, name, `${name}.mjs`), reached);
      }
    }
    loaded += text;
  }
  const needed = [...reached].flatMap((file) => file.match(/\/(\w+)\.module\.mjs$/)?.[1] ?? []);
  expect(needed.length).toBeGreaterThan(20);
  const missing = needed.filter(
    (name) =>
      existsSync(path.join(stylesheets, `${name}.layer.css`)) &&
      !loaded.includes(`/styles/${name}.layer.css`),
  );
  expect(missing).toEqual([]);
});
