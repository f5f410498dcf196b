import { describe, expect, it } from "vitest";
import { safeNext } from "./auth";
import { businesses } from "./businesses";
import { device } from "./device";
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
    for (const bad of ["https://evil.example", "//evil.example", "/\\evil.example", "/sign-in", undefined]) {
      expect(safeNext(bad)).toBe("/");
    }
  });
});

describe("the landing page", () => {
  it("announces six businesses, and opens those that have a home", () => {
    expect(businesses([])).toHaveLength(6);
    expect(businesses([]).filter((business) => business.home)).toEqual([]);
  });
});

describe("a device", () => {
  it("is named as people name it", () => {
    const phone =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605.1 Version/18.0 Mobile/15E148 Safari/604.1";
    expect(device(phone)).toEqual({ browser: "Safari", system: "iOS", handheld: true });
    expect(device("Mozilla/5.0 (Windows NT 10.0) Chrome/156.0 Safari/537.36 Edg/156.0").browser).toBe("Edge");
    expect(device(null)).toEqual({ browser: null, system: null, handheld: false });
  });
});
