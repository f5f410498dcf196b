import { beforeEach, expect, it } from "vitest";
import { forgetVisitsWithTheirPerson, noteVisit, recentVisits } from "#web/app/palette/recent";
import { adopt, forget } from "#web/app/session";

const person = (id: string) => ({
  access_token: "t",
  token_type: "bearer",
  expires_in: 900,
  user: { id, email: "", name: "", roles: [] },
});
const visit = (path: string) => ({ path, title: path, icon: "chefHat" as const });

forgetVisitsWithTheirPerson();
beforeEach(() => adopt(person("a"), { tellOthers: false }));

it("keeps what was looked at last, each once, the latest first", () => {
  for (const path of ["/chefs/1", "/chefs/2", "/chefs/1"]) noteVisit(visit(path));
  expect(recentVisits().map(({ path }) => path)).toEqual(["/chefs/1", "/chefs/2"]);
});

it("forgets them at sign-out, and for whoever signs in next", () => {
  noteVisit(visit("/bookings/1"));
  forget({ tellOthers: false });
  expect(localStorage.getItem("sf.recent")).toBeNull();
  adopt(person("a"), { tellOthers: false });
  noteVisit(visit("/bookings/1"));
  adopt(person("b"), { tellOthers: false });
  expect(recentVisits()).toEqual([]);
});
