import { expect, it } from "vitest";
import { nextSort } from "#web/ui/sorting";

it("a column's head goes through its orders and back to the list's own", () => {
  const both = { up: "price", down: "-price" };
  expect(nextSort(both, undefined)).toBe("price");
  expect(nextSort(both, "price")).toBe("-price");
  expect(nextSort(both, "-price")).toBeUndefined();
  expect(nextSort({ down: "newest" }, "price")).toBe("newest");
});
