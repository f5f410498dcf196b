import { Checkbox, Chip } from "@mantine/core";
import { Icon } from "#web/ui/icons";
import { Allergens } from "../../parts/Allergens";
import type { Conflict } from "../../parts/allergy";
import { ALLERGENS, type Allergen } from "../../parts/codes";
import { Notice } from "../../parts/Notice";
import { useBookingWords } from "../../parts/words";
import classes from "./Allergies.module.css";

interface AllergiesProps {
  value: readonly Allergen[];
  onChange: (codes: Allergen[]) => void;
  conflicts: readonly Conflict[];
  acknowledged: boolean;
  onAcknowledge: (yes: boolean) => void;
  error?: string;
}

/** What somebody at the table cannot eat, the dishes that contain it, and the guest's word that this was read. */
export function Allergies(props: AllergiesProps) {
  const { t } = useBookingWords();
  const { value, conflicts } = props;
  return (
    <section aria-labelledby="allergies">
      <h2 id="allergies">{t("details.allergies")}</h2>
      <p className={classes.about}>{t("details.allergiesText")}</p>
      <fieldset className={classes.chips} aria-labelledby="allergies">
        {ALLERGENS.map((code) => (
          <Chip
            key={code}
            size="md"
            variant="light"
            checked={value.includes(code)}
            onChange={(on) => props.onChange(on ? [...value, code] : value.filter((each) => each !== code))}
          >
            {t(`allergen.${code}`)}
          </Chip>
        ))}
      </fieldset>
      <div role="status" className={classes.told}>
        {value.length > 0 && conflicts.length === 0 ? (
          <p className={classes.fine}>
            <Icon name="check" size={18} /> {t("details.noConflict")}
          </p>
        ) : null}
        {conflicts.length > 0 ? (
          <Notice tone="warning" icon="alert" title={t("details.conflict", { count: conflicts.length })}>
            <ul className={classes.conflicts}>
              {conflicts.map(({ dish, allergens }) => (
                <li key={dish.name}>
                  <b>{dish.name}</b> <Allergens codes={allergens} marked={() => true} />
                </li>
              ))}
            </ul>
          </Notice>
        ) : null}
      </div>
      {conflicts.length > 0 ? (
        <Checkbox
          id="acknowledge_allergens"
          className={classes.word}
          size="md"
          checked={props.acknowledged}
          onChange={(event) => props.onAcknowledge(event.currentTarget.checked)}
          label={t("details.acknowledge")}
          description={t("details.acknowledgeText")}
          error={props.error}
        />
      ) : null}
    </section>
  );
}
