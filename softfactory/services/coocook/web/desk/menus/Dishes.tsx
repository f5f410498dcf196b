import { ActionIcon, Button, MultiSelect, NativeSelect, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "#web/ui/icons";
import { ALLERGENS, type Allergen, COURSES } from "../../parts/codes";
import type { Course } from "../../parts/types";
import classes from "./Menus.module.css";
import { DISHES_MOST, type DishDraft, emptyDish } from "./menuDraft";

interface DishesProps {
  dishes: readonly DishDraft[];
  onChange: (dishes: DishDraft[]) => void;
  error: (field: string) => string | undefined;
}

/** What is eaten: each dish with its course and every allergen in it. */
export function Dishes({ dishes, onChange, error }: DishesProps) {
  const { t } = useTranslation(["coocook/desk", "coocook"]);
  const change = (key: number, part: Partial<DishDraft>) =>
    onChange(dishes.map((dish) => (dish.key === key ? { ...dish, ...part } : dish)));
  const missing = error("dishes");
  return (
    <section className={classes.box} aria-labelledby="dishes-title">
      <h3 id="dishes-title">{t("menus.dishes")}</h3>
      <p className={classes.facts}>{t("menus.dishesText")}</p>
      {missing ? (
        <p role="alert" id="dishes" tabIndex={-1} className={classes.wrong}>
          {missing}
        </p>
      ) : null}
      {dishes.map((dish, index) => (
        <fieldset key={dish.key} className={classes.dish}>
          <legend className={classes.legend}>{t("menus.dish", { count: index + 1 })}</legend>
          <TextInput
            id={`dishes.${index}.name`}
            label={t("menus.dishName")}
            maxLength={60}
            value={dish.name}
            error={error(`dishes.${index}.name`)}
            onChange={(event) => change(dish.key, { name: event.currentTarget.value })}
          />
          <TextInput
            label={t("menus.dishNameEn")}
            maxLength={60}
            lang="en"
            value={dish.name_en}
            error={error(`dishes.${index}.name_en`)}
            onChange={(event) => change(dish.key, { name_en: event.currentTarget.value })}
          />
          <NativeSelect
            label={t("menus.course")}
            value={dish.course}
            data={COURSES.map((course) => ({ value: course, label: t(`coocook:course.${course}`) }))}
            onChange={(event) => change(dish.key, { course: event.currentTarget.value as Course })}
          />
          <ActionIcon
            className={classes.drop}
            aria-label={t("menus.removeDish", { count: index + 1 })}
            onClick={() => onChange(dishes.filter((each) => each.key !== dish.key))}
          >
            <Icon name="trash" size={18} />
          </ActionIcon>
          <MultiSelect
            className={classes.whole}
            label={t("menus.allergens")}
            placeholder={dish.allergens.length === 0 ? t("menus.noAllergens") : undefined}
            searchable
            hidePickedOptions
            data={ALLERGENS.map((code) => ({ value: code, label: t(`coocook:allergen.${code}`) }))}
            value={dish.allergens}
            onChange={(allergens) => change(dish.key, { allergens: allergens as Allergen[] })}
          />
        </fieldset>
      ))}
      {dishes.length < DISHES_MOST ? (
        <Button
          variant="default"
          className={classes.addRow}
          leftSection={<Icon name="plus" size={18} />}
          onClick={() => onChange([...dishes, emptyDish(dishes.at(-1)?.course)])}
        >
          {t("menus.addDish")}
        </Button>
      ) : null}
    </section>
  );
}
