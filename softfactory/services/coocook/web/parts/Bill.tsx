import { useTranslation } from "react-i18next";
import { formatMoney, type MoneyValue } from "#web/ui/format";
import { SumLines } from "#web/ui/SumLines";
import type { PriceLine } from "./types";

interface BillProps {
  lines: readonly PriceLine[];
  total: MoneyValue;
  totalLabel?: string;
}

/** What a table costs, line by line. */
export function Bill({ lines, total, totalLabel }: BillProps) {
  const { t } = useTranslation("coocook");
  return (
    <SumLines
      lines={lines.map((line) => ({
        label: line.label,
        value: line.amount,
        note: t(line.code === "menu" ? "bill.menuNote" : "bill.extraNote", {
          unit: formatMoney(line.unit),
          count: line.quantity,
        }),
      }))}
      total={{ label: totalLabel ?? t("bill.total"), value: total }}
    />
  );
}
