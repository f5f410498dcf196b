/** What the API's document says of a field that is sent to it. */
export interface FieldRules {
  required?: true;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  format?: string;
}

export type Shape = Readonly<Record<string, FieldRules>>;

export interface Broken {
  /** A key of the shell's messages under `rule`. */
  rule: "required" | "short" | "long" | "small" | "big" | "few" | "many" | "email" | "form";
  count?: number;
}

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** A pattern of Python's, which escapes more than JavaScript allows in its strict mode. */
function regular(pattern: string): RegExp {
  try {
    return new RegExp(pattern, "u");
  } catch {
    return new RegExp(pattern);
  }
}

function brokenText(rules: FieldRules, text: string): Broken | null {
  // As Python counts: a smiley is one character.
  const length = [...text].length;
  if (length === 0) return rules.required && rules.minLength !== 0 ? { rule: "required" } : null;
  if (rules.minLength !== undefined && length < rules.minLength)
    return { rule: "short", count: rules.minLength };
  if (rules.maxLength !== undefined && length > rules.maxLength)
    return { rule: "long", count: rules.maxLength };
  if (rules.format === "email" && !ADDRESS.test(text)) return { rule: "email" };
  if (rules.pattern !== undefined && !regular(rules.pattern).test(text)) return { rule: "form" };
  return null;
}

function brokenNumber(rules: FieldRules, value: number): Broken | null {
  if (rules.minimum !== undefined && value < rules.minimum) return { rule: "small", count: rules.minimum };
  if (rules.maximum !== undefined && value > rules.maximum) return { rule: "big", count: rules.maximum };
  return null;
}

function brokenList(rules: FieldRules, list: readonly unknown[]): Broken | null {
  if (rules.minItems && list.length < rules.minItems) return { rule: "few", count: rules.minItems };
  if (rules.maxItems !== undefined && list.length > rules.maxItems)
    return { rule: "many", count: rules.maxItems };
  return null;
}

/** The first rule of the server's that a value breaks. Texts are judged as they are sent: without blanks around them. */
export function brokenRule(rules: FieldRules | undefined, value: unknown): Broken | null {
  if (!rules) return null;
  if (value === null || value === undefined) return rules.required ? { rule: "required" } : null;
  if (typeof value === "string") return brokenText(rules, rules.format === "password" ? value : value.trim());
  if (typeof value === "number") return brokenNumber(rules, value);
  return Array.isArray(value) ? brokenList(rules, value) : null;
}
