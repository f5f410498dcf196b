import type { PageOf } from "#web/ui/usePages";

export type CsvValue = string | number | null | undefined;

/** What a spreadsheet would run as a formula is given to it as text. */
const FORMULA = /^[=+\-@\t\r]/;

function field(value: CsvValue): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180, with the mark by which spreadsheets know that it is UTF-8. */
export function toCsv(head: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return `\ufeff${[head, ...rows].map((row) => row.map(field).join(",")).join("\r\n")}\r\n`;
}

/** Hand a text to the browser as a file. */
export function download(name: string, text: string, type = "text/csv;charset=utf-8"): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // Some browsers read the blob after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A file's name with today's date, so that two downloads do not look alike. */
export const datedName = (name: string, now = new Date()): string =>
  `${name}-${now.toISOString().slice(0, 10)}.csv`;

/** More rows than anybody reads in a spreadsheet that a browser made. */
export const MOST_ROWS = 20_000;

export interface Gathered<Row> {
  rows: Row[];
  /** False when there were more than `MOST_ROWS`. */
  whole: boolean;
}

/** Every page of a list, one after the other, telling how many rows there are so far. */
export async function gather<Row>(
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<PageOf<Row>>,
  signal: AbortSignal,
  onProgress: (count: number) => void,
): Promise<Gathered<Row>> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    signal.throwIfAborted();
    const page = await fetchPage(cursor, signal);
    rows.push(...page.items);
    onProgress(rows.length);
    cursor = page.next_cursor ?? undefined;
  } while (cursor && rows.length < MOST_ROWS);
  return { rows, whole: !cursor };
}
