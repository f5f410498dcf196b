import { useId } from "react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import classes from "./RatingStars.module.css";

const STARS = [1, 2, 3, 4, 5] as const;

interface RatingProps {
  /** 0 to 5; null before the first review. */
  value: number | null;
  count?: number;
  size?: number;
}

/** A rating to read: one star and the figure, as in a list. */
export function Rating({ value, count, size = 16 }: RatingProps) {
  const { t } = useTranslation("shell");
  if (value === null) return <span className={classes.none}>{t("rating.none")}</span>;
  const shown = value.toFixed(1);
  return (
    <span className={classes.rating}>
      <span className={classes.on}>
        <Icon name="star" filled size={size} />
      </span>
      <span className={classes.hidden}>{t("rating.of", { value: shown })}</span>
      <span aria-hidden="true" className="sf-tabular">
        {shown}
      </span>
      {count === undefined ? null : (
        <span className={classes.count}>
          <span aria-hidden="true">({formatNumber(count)})</span>
          <span className={classes.hidden}>{t("rating.count", { count })}</span>
        </span>
      )}
    </span>
  );
}

/** Five stars to read, for a review. */
export function Stars({ value, size = 18 }: { value: number; size?: number }) {
  const { t } = useTranslation("shell");
  return (
    <span role="img" aria-label={t("rating.of", { value })} className={classes.stars}>
      {STARS.map((star) => (
        <span key={star} className={star <= Math.round(value) ? classes.on : classes.off}>
          <Icon name="star" filled size={size} />
        </span>
      ))}
    </span>
  );
}

interface StarsInputProps {
  label: string;
  value: number;
  onChange: (value: number) => void;
  error?: string;
}

/** Five stars to give: radio buttons, so that arrows and screen readers work as everywhere. */
export function StarsInput({ label, value, onChange, error }: StarsInputProps) {
  const { t } = useTranslation("shell");
  const name = useId();
  return (
    <fieldset className={classes.field}>
      <legend className={classes.legend}>{label}</legend>
      <div className={classes.stars}>
        {STARS.map((star) => (
          <label key={star} className={classes.star} data-on={star <= value || undefined}>
            <input
              type="radio"
              name={name}
              value={star}
              checked={value === star}
              onChange={() => onChange(star)}
              className={classes.hidden}
              aria-label={t("rating.give", { count: star })}
            />
            <Icon name="star" filled size={32} />
          </label>
        ))}
      </div>
      {error ? (
        <p role="alert" className={classes.error}>
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
