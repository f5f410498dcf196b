import { describe, expect, it } from "vitest";
import { RegisterWishShape, ReviewWishShape } from "#web/api/generated/shapes.gen";
import { brokenRule } from "#web/ui/shape";

describe("a form knows the server's rules from its document", () => {
  it("for texts", () => {
    expect(brokenRule(ReviewWishShape.text, "  ")).toEqual({ rule: "required" });
    expect(brokenRule(ReviewWishShape.text, "x".repeat(2001))).toEqual({ rule: "long", count: 2000 });
    expect(brokenRule(ReviewWishShape.text, "🙂".repeat(2000))).toBeNull();
    expect(brokenRule(RegisterWishShape.email, "a@b")).toEqual({ rule: "email" });
    expect(brokenRule(RegisterWishShape.email, " a@b.co ")).toBeNull();
  });

  it("for numbers, lists and absent values", () => {
    expect(brokenRule(ReviewWishShape.rating, 0)).toEqual({ rule: "small", count: 1 });
    expect(brokenRule(ReviewWishShape.rating, 6)).toEqual({ rule: "big", count: 5 });
    expect(brokenRule({ required: true }, null)).toEqual({ rule: "required" });
    expect(brokenRule({ minItems: 1 }, [])).toEqual({ rule: "few", count: 1 });
    expect(brokenRule({ pattern: "^\\d+$" }, "12a")).toEqual({ rule: "form" });
    expect(brokenRule(undefined, "anything")).toBeNull();
  });
});
