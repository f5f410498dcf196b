import { describe, expect, it } from "vitest";
import { mergePages, newestFirst } from "./merged";

interface Row {
  id: string;
}

/** Lists of two services, in pages of two. */
function shelves(rows: Record<string, string[]>) {
  return async (service: string, cursor: string | undefined) => {
    const all = rows[service];
    if (!all) throw new Error(`${service} is away`);
    const start = cursor ? Number(cursor) : 0;
    const items = all.slice(start, start + 2).map((id) => ({ id }));
    return { items, next_cursor: start + 2 < all.length ? String(start + 2) : null };
  };
}

async function whole(services: string[], rows: Record<string, string[]>) {
  const wish = { services, fetch: shelves(rows), before: newestFirst };
  const pages: string[][] = [];
  const missing = new Set<string>();
  let carry: Parameters<typeof mergePages<Row>>[1];
  for (;;) {
    const page = await mergePages<Row>(wish, carry);
    pages.push(page.items.map(({ id }) => id));
    for (const name of page.missing) missing.add(name);
    if (!page.next) return { pages, missing: [...missing] };
    carry = page.next;
  }
}

describe("mergePages", () => {
  it("gives every row once and in order, however unevenly the services fill", async () => {
    const rows = { a: ["9", "8", "2", "1"], b: ["7", "6", "5", "4", "3"] };
    const { pages, missing } = await whole(["a", "b"], rows);
    expect(pages.flat()).toEqual(["9", "8", "7", "6", "5", "4", "3", "2", "1"]);
    expect(missing).toEqual([]);
  });

  it("reads on without a service that does not answer, and names it", async () => {
    const { pages, missing } = await whole(["a", "gone"], { a: ["3", "2", "1"] });
    expect(pages.flat()).toEqual(["3", "2", "1"]);
    expect(missing).toEqual(["gone"]);
  });

  it("fails when nobody answers", async () => {
    await expect(whole(["gone"], {})).rejects.toThrow("gone is away");
  });
});
