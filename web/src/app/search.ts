/** The query string as plain strings: shared addresses stay readable, and `?party=4` is never a surprise of type. */
export type Search = Record<string, string>;

export function parseSearch(text: string): Search {
  return Object.fromEntries(new URLSearchParams(text));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const kept = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value === undefined || value === null || value === "") continue;
    kept.set(name, String(value));
  }
  const words = kept.toString();
  return words ? `?${words}` : "";
}
