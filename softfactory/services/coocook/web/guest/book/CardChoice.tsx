import { Badge } from "@mantine/core";
import { Icon } from "#web/ui/icons";
import { useBookingWords } from "../../parts/words";
import classes from "./CardChoice.module.css";
import { TEST_CARDS, type TestCard } from "./cards";

interface CardChoiceProps {
  value: TestCard;
  onChange: (card: TestCard) => void;
  /** Refused in this attempt: still there, but said to be. */
  refused?: string;
  disabled?: boolean;
}

/** How to pay. Here with test cards, and it says so. */
export function CardChoice({ value, onChange, refused, disabled }: CardChoiceProps) {
  const { t } = useBookingWords();
  return (
    <fieldset className={classes.field} disabled={disabled}>
      <legend className={classes.legend}>
        <span>{t("pay.method")}</span>
        <Badge color="yellow" variant="light" size="lg" tt="none" c="var(--sf-warning-ink)">
          {t("pay.test")}
        </Badge>
      </legend>
      <p className={classes.about}>{t("pay.testText")}</p>
      <div className={classes.cards}>
        {TEST_CARDS.map((card) => (
          <label key={card.key} className={classes.card} data-chosen={value === card.key || undefined}>
            <input
              type="radio"
              name="card"
              className={classes.radio}
              checked={value === card.key}
              onChange={() => onChange(card.key)}
            />
            <span className={classes.face} aria-hidden="true">
              <Icon name="card" size={22} />
            </span>
            <span className={classes.words}>
              <span className={classes.name}>
                {t(`pay.card.${card.name}.name`)} <span className={classes.digits}>•••• {card.digits}</span>
              </span>
              <span className={classes.text}>
                {refused === card.key ? t("pay.wasRefused") : t(`pay.card.${card.name}.text`)}
              </span>
            </span>
            <span className={classes.mark} aria-hidden="true">
              {value === card.key ? <Icon name="check" size={16} /> : null}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
