import { useTranslation } from "react-i18next";
import { formatMoney, type MoneyValue } from "#web/ui/format";

/** An amount, formatted for the reader, in figures that line up. */
export function Money({ value, signed = false }: { value: MoneyValue; signed?: boolean }) {
  useTranslation();
  const text = formatMoney(value);
  return <span className="sf-tabular">{signed && value.amount > 0 ? `+${text}` : text}</span>;
}
