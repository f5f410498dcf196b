import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const repository = path.join(import.meta.dirname, "../..");
const services = path.join(repository, "softfactory/services");
const folders = [
  path.join(repository, "web/messages"),
  ...readdirSync(services).map((service) => path.join(services, service, "web/messages")),
];

/** `count_one` and `count_other` are one message: Korean has one form, English two. */
const PLURAL = /_(zero|one|two|few|many|other)$/;

function keysOf(tree: Record<string, unknown>, under = ""): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string"
      ? [under + key.replace(PLURAL, "")]
      : keysOf(value as Record<string, unknown>, `${under}${key}.`),
  );
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /(^|\.)ko\.json$/.test(name));
  } catch {
    return [];
  }
}

const read = (file: string): Record<string, unknown> => JSON.parse(readFileSync(file, "utf8"));
const unique = (keys: string[]): string[] => [...new Set(keys)].sort();
const pairs = folders.flatMap((folder) => filesIn(folder).map((name) => path.join(folder, name)));

describe("messages", () => {
  it.each(pairs)("%s says the same things in English", (korean) => {
    const english = korean.replace(/ko\.json$/, "en.json");
    expect(unique(keysOf(read(english)))).toEqual(unique(keysOf(read(korean))));
  });

  it.each(pairs)("%s has left no Korean in its English twin", (korean) => {
    const english = readFileSync(korean.replace(/ko\.json$/, "en.json"), "utf8");
    expect(english).not.toMatch(/[가-힣]/);
  });
});

/** Screens say nothing in their code. Features carry both languages, formats a currency's sign, pictures a vocabulary. */
const ALLOWED = /feature\.ts$|format\.ts$|businesses\.ts$|generated\/|\.test\.tsx?$|illustration\//;

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(full);
    else if (/\.tsx?$/.test(entry.name) && !ALLOWED.test(full)) yield full;
  }
}

describe("code", () => {
  it("carries no Korean words of its own", () => {
    const roots = [
      path.join(repository, "web/src"),
      ...readdirSync(services).map((each) => path.join(services, each, "web")),
    ];
    const found = roots
      .filter(
        (root) => filesIn(path.join(root, root.endsWith("src") ? "../messages" : "messages")).length > 0,
      )
      .flatMap((root) => [...sources(root)])
      .flatMap((file) =>
        readFileSync(file, "utf8")
          .split("\n")
          .map((line, index) => ({ line, where: `${path.relative(repository, file)}:${index + 1}` }))
          .filter(({ line }) => /[가-힣]/.test(line) && !/^\s*(\/\/|\/\*|\*)|한국어|\[가-힣\]/.test(line)),
      )
      .map(({ where, line }) => `${where} ${line.trim()}`);
    expect(found).toEqual([]);
  });
});
