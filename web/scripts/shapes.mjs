/** Write what forms must know of the API's shapes (required fields, lengths, bounds, patterns) from web/openapi.json. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const web = path.join(import.meta.dirname, "..");
const { paths, components } = JSON.parse(readFileSync(path.join(web, "openapi.json"), "utf8"));
const RULES = ["minLength", "maxLength", "minimum", "maximum", "pattern", "format", "minItems", "maxItems"];

const nameOf = (ref) => ref?.split("/").at(-1);
const sent = new Set();
for (const operation of Object.values(paths).flatMap((each) => Object.values(each))) {
  const schema = operation.requestBody?.content?.["application/json"]?.schema;
  for (const each of [schema, ...(schema?.anyOf ?? [])]) if (each?.$ref) sent.add(nameOf(each.$ref));
}

/** The rules of one field; of a choice with null, those of the other side. */
function rulesOf(schema) {
  const own = schema.anyOf?.find((each) => each.type !== "null") ?? schema;
  return Object.fromEntries(RULES.filter((rule) => own[rule] !== undefined).map((rule) => [rule, own[rule]]));
}

const lines = [
  "// Written by web/scripts/shapes.mjs from web/openapi.json.",
  "",
  'import type { Shape } from "#web/ui/shape";',
];
for (const name of [...sent].sort()) {
  const { properties = {}, required = [] } = components.schemas[name] ?? {};
  const fields = Object.entries(properties).map(([field, schema]) => [
    field,
    { ...(required.includes(field) ? { required: true } : {}), ...rulesOf(schema) },
  ]);
  const short = name.replace(/^softfactory__services__(\w+?)__schemas__\w+?__/, "$1_");
  lines.push(
    "",
    `export const ${short}Shape = ${JSON.stringify(Object.fromEntries(fields), null, 2)} satisfies Shape;`,
  );
}
writeFileSync(path.join(web, "src/api/generated/shapes.gen.ts"), `${lines.join("\n")}\n`);
