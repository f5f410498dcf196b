import { describe, expect, it } from "vitest";
import { find, score } from "#web/app/palette/fuzzy";

describe("finding", () => {
  it.each([
    ["ㅅㅍ", "셰프 찾기"],
    ["ㅅㅍㅊㄱ", "셰프찾기"],
    ["ㅊㄱ", "셰프 찾기"],
    ["셰", "셰프 찾기"],
    ["솊", "셰프 찾기"],
    ["셰ㅍ", "셰프 찾기"],
    ["차", "셰프 찾기"],
    ["내 예", "내 예약"],
    ["fc", "Find a chef"],
    ["chef", "Find a chef"],
    ["CHEF FIND", "Find a chef"],
  ])("%s finds %s", (query, text) => {
    expect(score(query, text)).not.toBeNull();
  });

  it.each([
    ["ㅅㅎ", "셰프 찾기"],
    ["프셰", "셰프 찾기"],
    ["xyz", "Find a chef"],
    ["ne", "Find a chef"],
  ])("%s does not find %s", (query, text) => {
    expect(score(query, text)).toBeNull();
  });

  it("puts beginnings first, and names before other names", () => {
    const all = [
      { label: "My bookings" },
      { label: "Book a chef" },
      { label: "Calendar", keywords: ["Bookings"] },
    ];
    expect(find("book", all).map(({ label }) => label)).toEqual(["Book a chef", "Calendar", "My bookings"]);
    expect(find("", all)).toEqual(all);
  });
});
