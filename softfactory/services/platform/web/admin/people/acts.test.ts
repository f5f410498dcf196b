import { expect, test } from "vitest";
import type { AuditView } from "#web/api/generated";
import { detailsOf } from "./acts";

const ENTRY: AuditView = {
  id: "1",
  number: 1,
  at: "2026-03-01T09:00:00Z",
  act: "person.roles_changed",
  actor: null,
  subject: null,
  facts: { given: ["operator"], note: "desk" },
  personal: [
    { name: "reason", value: "joins the desk" },
    { name: "ip", value: null },
  ],
  hash: "",
};

test("facts and erasable parts are told flat; an erased part says so", () => {
  expect(detailsOf(ENTRY, "erased")).toEqual([
    ["given", "operator"],
    ["note", "desk"],
    ["reason", "joins the desk"],
    ["ip", "erased"],
  ]);
});
