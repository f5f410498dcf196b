import { describe, expect, it } from "vitest";
import { ApiError } from "#web/api/problem";
import { challengeOf, safeNext } from "./auth";
import { businesses } from "./businesses";
import { emailProblem, nameProblem, passwordProblem } from "./rules";

describe("an account's rules are the server's", () => {
  it("for addresses", () => {
    expect(emailProblem(" a@b.co ")).toBeNull();
    expect(emailProblem("")).toBe("required");
    expect(emailProblem("a@b")).toBe("email");
    expect(emailProblem("a b@c.de")).toBe("email");
  });

  it("for passwords of 10 to 128 characters", () => {
    expect(passwordProblem("123456789")).toBe("passwordShort");
    expect(passwordProblem("1234567890")).toBeNull();
    expect(passwordProblem("x".repeat(128))).toBeNull();
    expect(passwordProblem("x".repeat(129))).toBe("passwordLong");
  });

  it("for names of 1 to 80 characters", () => {
    expect(nameProblem("   ")).toBe("required");
    expect(nameProblem("가".repeat(80))).toBeNull();
    expect(nameProblem("가".repeat(81))).toBe("nameLong");
  });
});

describe("after signing in", () => {
  it("nobody is sent to another site, or back to the sign-in page", () => {
    expect(safeNext("/chefs?q=1")).toBe("/chefs?q=1");
    for (const bad of [
      "https://evil.example",
      "//evil.example",
      "/\\evil.example",
      "/\t/evil.example",
      "/\n\\evil.example",
      "/sign-in",
      "/reset?token=x",
      undefined,
    ]) {
      expect(safeNext(bad)).toBe("/");
    }
  });
});

describe("a sign-in that needs a code", () => {
  it("is told from one that was refused", () => {
    const refused = (code: string, facts: Record<string, unknown>) =>
      new ApiError({ title: "", status: 401, code, detail: "", facts });
    expect(challengeOf(refused("totp_required", { challenge: "sfc_x" }))).toBe("sfc_x");
    expect(challengeOf(refused("wrong_credentials", {}))).toBeNull();
    expect(challengeOf(null)).toBeNull();
  });
});

describe("the landing page", () => {
  it("announces six businesses, and opens those that have a home", () => {
    expect(businesses([])).toHaveLength(6);
    expect(businesses([]).filter((business) => business.home)).toEqual([]);
  });
});
