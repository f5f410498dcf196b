/** The server's rules for an account, so that most mistakes are told before a request. Codes are keys of the messages. */
export type RuleBroken = "required" | "email" | "passwordShort" | "passwordLong" | "nameLong";

export function emailProblem(value: string): RuleBroken | null {
  const text = value.trim();
  if (!text) return "required";
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) && text.length <= 254 ? null : "email";
}

export function passwordProblem(value: string): RuleBroken | null {
  if (!value) return "required";
  if (value.length < 10) return "passwordShort";
  return value.length > 128 ? "passwordLong" : null;
}

export function nameProblem(value: string): RuleBroken | null {
  const text = value.trim();
  if (!text) return "required";
  return text.length > 80 ? "nameLong" : null;
}
