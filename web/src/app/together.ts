/** What belongs to one another stays on one line: a number with its noun, 2–4, a dot with what it comes after. */
export function together(text: string): string {
  return text
    .replace(/ · /g, "\u00a0· ")
    .replace(/(\d–)(?=\d)/g, "$1\u2060")
    .replace(/(\d) (?=\p{Ll})/gu, "$1\u00a0");
}
