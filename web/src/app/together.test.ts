import { expect, it } from "vitest";
import { together } from "./together";

it("no line ends between a number and its noun, none begins with a dot", () => {
  expect(together("Haneul Seo · Light, for two · 2 guests")).toBe(
    "Haneul Seo\u00a0· Light, for two\u00a0· 2\u00a0guests",
  );
  expect(together("2–4 guests")).toBe("2–\u20604\u00a0guests");
  expect(together("24시간 전까지 취소하면 50% 환불돼요.")).toBe("24시간 전까지 취소하면 50% 환불돼요.");
});
