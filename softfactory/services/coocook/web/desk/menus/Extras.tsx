import { ActionIcon, Button, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "#web/ui/icons";
import classes from "./Menus.module.css";
import { EXTRAS_MOST, type ExtraDraft, emptyExtra } from "./menuDraft";

interface ExtrasProps {
  extras: readonly ExtraDraft[];
  onChange: (extras: ExtraDraft[]) => void;
  error: (field: string) => string | undefined;
}

/** What guests may add to the menu. */
export function Extras({ extras, onChange, error }: ExtrasProps) {
  const { t } = useTranslation("coocook/desk");
  const change = (key: number, part: Partial<ExtraDraft>) =>
    onChange(extras.map((extra) => (extra.key === key ? { ...extra, ...part } : extra)));
  return (
    <section className={classes.box} aria-labelledby="extras-title">
      <h3 id="extras-title">{t("menus.extras")}</h3>
      <p className={classes.facts}>{t("menus.extrasText")}</p>
      {extras.map((extra, index) => (
        <fieldset key={extra.key} className={classes.extra}>
          <legend className={classes.legend}>{t("menus.extra", { count: index + 1 })}</legend>
          <TextInput
            id={`extras.${index}.name`}
            label={t("menus.extraName")}
            maxLength={60}
            value={extra.name}
            error={error(`extras.${index}.name`)}
            onChange={(event) => change(extra.key, { name: event.currentTarget.value })}
          />
          <TextInput
            label={t("menus.dishNameEn")}
            maxLength={60}
            lang="en"
            value={extra.name_en}
            error={error(`extras.${index}.name_en`)}
            onChange={(event) => change(extra.key, { name_en: event.currentTarget.value })}
          />
          <NumberInput
            id={`extras.${index}.price`}
            label={t("menus.extraPrice")}
            min={0}
            step={1000}
            thousandSeparator=","
            allowDecimal={false}
            value={extra.price ?? ""}
            error={error(`extras.${index}.price`)}
            onChange={(value) => change(extra.key, { price: value === "" ? null : Number(value) })}
          />
          <NativeSelect
            label={t("menus.extraPer")}
            value={extra.per}
            data={(["booking", "guest"] as const).map((per) => ({
              value: per,
              label: t(`menus.per.${per}`),
            }))}
            onChange={(event) => change(extra.key, { per: event.currentTarget.value as ExtraDraft["per"] })}
          />
          <ActionIcon
            className={classes.drop}
            aria-label={t("menus.removeExtra", { count: index + 1 })}
            onClick={() => onChange(extras.filter((each) => each.key !== extra.key))}
          >
            <Icon name="trash" size={18} />
          </ActionIcon>
        </fieldset>
      ))}
      {extras.length < EXTRAS_MOST ? (
        <Button
          variant="default"
          className={classes.addRow}
          leftSection={<Icon name="plus" size={18} />}
          onClick={() => onChange([...extras, emptyExtra(extras)])}
        >
          {t("menus.addExtra")}
        </Button>
      ) : null}
    </section>
  );
}
