import { DEFAULT_THEME } from "@mantine/core";
import { expect, it } from "vitest";
import { change, sumOf } from "#web/ui/chartMath";
import { cssVariables, theme } from "#web/ui/theme";

function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const contrast = (one: string, other: string): number => {
  const [bright = 1, dim = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (bright + 0.05) / (dim + 0.05);
};

/** A token's colour, followed through `var(--mantine-color-name-shade)`. */
function resolve(value: string): string {
  const [, name, shade] = value.match(/^var\(--mantine-color-(\w+)-(\d)\)$/) ?? [];
  return name ? (theme.colors?.[name]?.[Number(shade)] as string) : value;
}

it.each(["light", "dark"] as const)(
  "every chart colour stands out from its card in the %s scheme",
  (scheme) => {
    const tokens = cssVariables(DEFAULT_THEME as never)[scheme];
    const surface = resolve(tokens["--sf-surface"] as string);
    for (const series of [1, 2, 3, 4]) {
      expect(contrast(resolve(tokens[`--sf-chart-${series}`] as string), surface)).toBeGreaterThan(3);
    }
  },
);

it("compares with the period before, where there was one", () => {
  expect(change(150, 100)).toBe(0.5);
  expect(change(50, 100)).toBe(-0.5);
  expect(change(50, 0)).toBeNull();
  expect(sumOf({ label: "", values: { a: 1, b: 2 } })).toBe(3);
});
