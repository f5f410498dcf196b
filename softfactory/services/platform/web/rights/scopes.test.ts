import { expect, test } from "vitest";
import { byArea } from "./scopes";

test("scopes stand together by area, in the order in which they came", () => {
  expect(byArea(["coocook:read", "coocook:write", "payment:read"])).toEqual([
    ["coocook", ["read", "write"]],
    ["payment", ["read"]],
  ]);
  expect(byArea([])).toEqual([]);
});
