import { describe, expect, it } from "vitest";
import { gather, toCsv } from "#web/ui/csv";

describe("CSV", () => {
  it("keeps commas, quotes and lines inside their field", () => {
    expect(toCsv(["a", "b"], [['say "hi", twice', "two\nlines"]])).toBe(
      '\ufeffa,b\r\n"say ""hi"", twice","two\nlines"\r\n',
    );
  });

  it("never hands a spreadsheet a formula that somebody typed as their name", () => {
    expect(toCsv(["name"], [["=HYPERLINK(1)"], ["@x"]])).toContain("'=HYPERLINK(1)\r\n'@x");
    expect(toCsv(["amount"], [[-5000]])).toContain("-5000");
  });

  it("gathers page after page, and says how far it is", async () => {
    const seen: number[] = [];
    const pages = { "": [1, 2], next: [3] } as Record<string, number[]>;
    const { rows, whole } = await gather<number>(
      async (cursor = "") => ({ items: pages[cursor] ?? [], next_cursor: cursor ? null : "next" }),
      new AbortController().signal,
      (count) => seen.push(count),
    );
    expect([rows, whole, seen]).toEqual([[1, 2, 3], true, [2, 3]]);
  });

  it("stops when it is told to", async () => {
    const stop = new AbortController();
    const endless = async () => ({ items: [1], next_cursor: "more" });
    const gathering = gather<number>(endless, stop.signal, (count) => count === 3 && stop.abort());
    await expect(gathering).rejects.toThrow();
  });
});
