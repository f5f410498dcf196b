import type { Money } from "#web/api/generated";
import type { Menu, PriceLine } from "./types";

/** How many of each extra, by its code. */
export type Extras = Readonly<Record<string, number>>;

const won = (amount: number): Money => ({ amount, currency: "KRW" });

/** What a table costs, line by line, as the server will compute it when it is booked. */
export function billOf(menu: Menu, party: number, extras: Extras = {}): { lines: PriceLine[]; total: Money } {
  const lines: PriceLine[] = [
    {
      code: "menu",
      label: menu.name,
      quantity: party,
      unit: menu.price_per_guest,
      amount: won(menu.price_per_guest.amount * party),
    },
  ];
  for (const extra of menu.extras) {
    const chosen = extras[extra.code] ?? 0;
    if (chosen <= 0) continue;
    const quantity = extra.per === "guest" ? chosen * party : chosen;
    lines.push({
      code: "extra",
      label: extra.name,
      quantity,
      unit: extra.price,
      amount: won(extra.price.amount * quantity),
    });
  }
  return { lines, total: won(lines.reduce((sum, line) => sum + line.amount.amount, 0)) };
}

/** Extras as an address carries them, `wine-2.cake-1`, without those that the menu does not have. */
export const extrasInAddress = {
  read(text: string | undefined, menu: Menu | undefined): Extras {
    const chosen: Record<string, number> = {};
    for (const part of text?.split(".") ?? []) {
      const [code, count] = part.split("-");
      const quantity = Number(count);
      const known = menu?.extras.some((extra) => extra.code === code);
      if (code && known && Number.isInteger(quantity) && quantity > 0 && quantity <= 100)
        chosen[code] = quantity;
    }
    return chosen;
  },
  write(extras: Extras): string | undefined {
    const parts = Object.entries(extras).filter(([, quantity]) => quantity > 0);
    return parts.length > 0 ? parts.map(([code, quantity]) => `${code}-${quantity}`).join(".") : undefined;
  },
};

/** A party within what a menu is for. */
export function partyWithin(party: number, menu: Pick<Menu, "min_party" | "max_party"> | undefined): number {
  if (!menu) return Math.max(1, party);
  return Math.min(menu.max_party, Math.max(menu.min_party, party));
}
