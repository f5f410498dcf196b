import { useTranslation } from "react-i18next";
import classes from "./Allergens.module.css";
import type { Allergen } from "./codes";

interface AllergensProps {
  codes: readonly Allergen[];
  /** Those that somebody at the table cannot eat. */
  marked?: (code: Allergen) => boolean;
  label?: string;
}

/** Allergens as words, never as colours or pictures alone. */
export function Allergens({ codes, marked, label }: AllergensProps) {
  const { t } = useTranslation("coocook");
  if (codes.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={label ?? t("menu.allergens")}>
      {codes.map((code) => (
        <li key={code} className={classes.chip} data-marked={marked?.(code) || undefined}>
          {t(`allergen.${code}`)}
        </li>
      ))}
    </ul>
  );
}
