import { render } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Dice } from "#web/ui/illustration/dice";
import { foodFor } from "#web/ui/illustration/dish";
import { Illustration, type PictureKind } from "#web/ui/illustration/Illustration";

const KINDS: PictureKind[] = ["chef", "dish", "kitchen", "cover"];
const draw = (kind: PictureKind, seed: string) =>
  render(<Illustration kind={kind} seed={seed} />).container.innerHTML;

describe("pictures", () => {
  it.each(KINDS)("of a %s are a function of their seed", (kind) => {
    expect(draw(kind, "seoul-7")).toBe(draw(kind, "seoul-7"));
    const different = new Set(Array.from({ length: 20 }, (_, index) => draw(kind, `seed-${index}`)));
    expect(different.size).toBe(20);
  });

  it.each(KINDS)("of a %s hold only finite numbers", (kind) => {
    for (let index = 0; index < 20; index++)
      expect(draw(kind, `n-${index}`)).not.toMatch(/NaN|undefined|Infinity/);
  });

  it("show what the dish's name says, in both languages", () => {
    const food = (...hints: string[]) => foodFor(hints, new Dice("x"));
    expect(food("전복 된장찌개", "italian")).toBe("stew");
    expect(food("봉골레 파스타")).toBe("pasta");
    expect(food("Grilled sea bream", "korean")).toBe("fish");
    expect(food("indian")).toBe("curry");
  });
});
