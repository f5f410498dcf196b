import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { CuisineIcon } from "../parts/CuisineIcon";
import { CUISINES } from "../parts/codes";
import classes from "./CuisineBar.module.css";

interface CuisineBarProps {
  value: string | undefined;
  onChange: (cuisine: string | null) => void;
}

/** Cuisines side by side, each with its drawing; one may be on. */
export function CuisineBar({ value, onChange }: CuisineBarProps) {
  const { t } = useTranslation("coocook");
  const bar = useRef<HTMLFieldSetElement>(null);

  // An address with a cuisine further to the right shows it.
  useEffect(() => {
    const chosen = bar.current?.querySelector<HTMLElement>("[aria-pressed=true]");
    if (chosen && bar.current) {
      bar.current.scrollLeft = chosen.offsetLeft - (bar.current.clientWidth - chosen.clientWidth) / 2;
    }
  }, []);

  return (
    <fieldset ref={bar} className={classes.bar} aria-label={t("list.cuisine")}>
      {CUISINES.map((code) => (
        <button
          key={code}
          type="button"
          className={classes.cuisine}
          aria-pressed={value === code}
          onClick={() => onChange(value === code ? null : code)}
        >
          <CuisineIcon code={code} size={26} />
          <span>{t(`cuisine.${code}`)}</span>
        </button>
      ))}
    </fieldset>
  );
}
