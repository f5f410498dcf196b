import { Button, Chip, Popover, RangeSlider } from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import type { TFunction } from "i18next";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatMoney, formatTime } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { addDays, asDate, dayIn, isDay, monthOf } from "../parts/calendar";
import { REGION_GROUPS } from "../parts/codes";
import { MonthCalendar } from "../parts/MonthCalendar";
import { NumberStepper } from "../parts/NumberStepper";
import classes from "./ChefFilterFields.module.css";
import type { ChefFilter, ChefFilterValues } from "./chefFilters";

type Change = Partial<Record<ChefFilter, string | null>>;

const KOREA = "Asia/Seoul";
const DAYS_AHEAD = 180;
const PRICE_TOP = 400_000;
const PRICE_STEP = 10_000;
const PARTY_TOP = 30;
const RATINGS = ["4.8", "4.5", "4.0"];

/** The filters that can be dropped one by one; the two ends of a price are one. */
export const CHIP_NAMES = ["q", "cuisine", "region", "date", "party", "price", "rating_min"] as const;

const won = (amount: string | number) => formatMoney({ amount: Number(amount), currency: "KRW" });

/** A set filter in words: `Busan`, `5 June`, `up to ₩150,000`. */
export function chipText(
  t: TFunction<"coocook">,
  name: (typeof CHIP_NAMES)[number],
  values: ChefFilterValues,
): string {
  const { price_min: low, price_max: high } = values;
  switch (name) {
    case "q":
      return values.q ? t("filter.words", { words: values.q }) : "";
    case "cuisine":
    case "region":
      return values[name] ? t(`${name}.${values[name]}`, { defaultValue: values[name] }) : "";
    case "date":
      return isDay(values.date)
        ? formatTime(asDate(values.date), { style: "day", zone: "UTC" })
        : (values.date ?? "");
    case "party":
      return values.party ? t("guests", { count: Number(values.party) }) : "";
    case "rating_min":
      return values.rating_min ? t("filter.ratingFrom", { rating: values.rating_min }) : "";
    case "price":
      if (low && high) return t("filter.priceBetween", { low: won(low), high: won(high) });
      if (low) return t("filter.priceFrom", { low: won(low) });
      return high ? t("filter.priceTo", { high: won(high) }) : "";
  }
}

interface FieldProps {
  label: string;
  /** What is set, in words. */
  chosen?: string;
  onClear: () => void;
  children: (close: () => void) => ReactNode;
}

/** One filter: a button with a small window on a desk, a section of the drawer on a phone. */
function Field({ label, chosen, onClear, children }: FieldProps) {
  const { t } = useTranslation("coocook");
  const onPhone = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const [opened, window] = useDisclosure(false);
  const drop = chosen ? (
    <Button variant="subtle" onClick={onClear}>
      {t("filter.drop")}
    </Button>
  ) : null;
  if (onPhone) {
    return (
      <fieldset className={classes.section}>
        <legend className={classes.legend}>{label}</legend>
        {children(() => undefined)}
        {drop}
      </fieldset>
    );
  }
  return (
    <Popover
      opened={opened}
      onChange={window.toggle}
      shadow="md"
      radius="lg"
      position="bottom-start"
      trapFocus
    >
      <Popover.Target>
        <Button
          variant={chosen ? "light" : "default"}
          aria-expanded={opened}
          rightSection={<Icon name="chevronDown" size={16} />}
          onClick={window.toggle}
        >
          {chosen ? (
            <>
              <span className={classes.hidden}>{label}: </span>
              {chosen}
            </>
          ) : (
            label
          )}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label={label}>
        {children(window.close)}
        {drop}
      </Popover.Dropdown>
    </Popover>
  );
}

function RegionChoice({ value, onChoose }: { value?: string; onChoose: (region: string | null) => void }) {
  const { t } = useTranslation("coocook");
  return (
    <div className={classes.regions}>
      {REGION_GROUPS.map((group) => (
        <fieldset key={group.key} className={classes.group} aria-label={t(`regionGroup.${group.key}`)}>
          <span className={classes.groupName}>{t(`regionGroup.${group.key}`)}</span>
          <span className={classes.chips}>
            {group.regions.map((region) => (
              <Chip
                key={region}
                size="md"
                variant="light"
                checked={value === region}
                onChange={(on) => onChoose(on ? region : null)}
              >
                {t(`region.${region}`)}
              </Chip>
            ))}
          </span>
        </fieldset>
      ))}
    </div>
  );
}

function PriceRange({
  low,
  high,
  onChange,
}: {
  low?: string;
  high?: string;
  onChange: (change: Change) => void;
}) {
  const { t } = useTranslation("coocook");
  const given: [number, number] = [Number(low ?? 0), Number(high ?? PRICE_TOP)];
  const [range, setRange] = useState<[number, number]>(given);
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the address, by its two values
  useEffect(() => setRange(given), [low, high]);
  const say = (amount: number) =>
    amount >= PRICE_TOP ? t("filter.priceTop", { high: won(PRICE_TOP) }) : won(amount);
  return (
    <div className={classes.price}>
      <output className={classes.priceText}>
        {say(range[0])} – {say(range[1])}
      </output>
      <RangeSlider
        min={0}
        max={PRICE_TOP}
        step={PRICE_STEP}
        minRange={PRICE_STEP}
        label={null}
        size="md"
        thumbSize={26}
        value={range}
        onChange={setRange}
        onChangeEnd={([from, to]) =>
          onChange({
            price_min: from > 0 ? String(from) : null,
            price_max: to < PRICE_TOP ? String(to) : null,
          })
        }
        thumbFromLabel={t("filter.priceLow")}
        thumbToLabel={t("filter.priceHigh")}
      />
    </div>
  );
}

/** The filters beside the search, each bound to the address. */
export function ChefFilterFields({
  values,
  set,
}: {
  values: ChefFilterValues;
  set: (change: Change) => void;
}) {
  const { t } = useTranslation("coocook");
  const today = dayIn(KOREA, new Date());
  const [month, setMonth] = useState(monthOf(isDay(values.date) ? values.date : today));
  const party = Number(values.party ?? 0);
  const priced = values.price_min || values.price_max;
  return (
    <>
      <Field
        label={t("filter.region")}
        chosen={values.region && chipText(t, "region", values)}
        onClear={() => set({ region: null })}
      >
        {(close) => (
          <RegionChoice
            value={values.region}
            onChoose={(region) => {
              set({ region });
              close();
            }}
          />
        )}
      </Field>
      <Field
        label={t("filter.date")}
        chosen={values.date && chipText(t, "date", values)}
        onClear={() => set({ date: null })}
      >
        {(close) => (
          <MonthCalendar
            label={t("filter.date")}
            month={month}
            onMonth={setMonth}
            selected={values.date}
            onSelect={(date) => {
              set({ date });
              close();
            }}
            min={today}
            today={today}
            max={addDays(today, DAYS_AHEAD)}
          />
        )}
      </Field>
      <Field
        label={t("filter.party")}
        chosen={values.party && chipText(t, "party", values)}
        onClear={() => set({ party: null })}
      >
        {() => (
          <NumberStepper
            label={t("filter.partyLabel")}
            value={party}
            min={0}
            max={PARTY_TOP}
            onChange={(count) => set({ party: count > 0 ? String(count) : null })}
            say={(count) => (count > 0 ? t("guests", { count }) : t("filter.any"))}
            fewer={t("filter.fewer")}
            more={t("filter.more")}
          />
        )}
      </Field>
      <Field
        label={t("filter.price")}
        chosen={priced ? chipText(t, "price", values) : undefined}
        onClear={() => set({ price_min: null, price_max: null })}
      >
        {() => <PriceRange low={values.price_min} high={values.price_max} onChange={set} />}
      </Field>
      <Field
        label={t("filter.rating")}
        chosen={values.rating_min && chipText(t, "rating_min", values)}
        onClear={() => set({ rating_min: null })}
      >
        {(close) => (
          <div className={classes.chips}>
            {RATINGS.map((rating) => (
              <Chip
                key={rating}
                size="md"
                variant="light"
                checked={values.rating_min === rating}
                onChange={(on) => {
                  set({ rating_min: on ? rating : null });
                  close();
                }}
              >
                {t("filter.ratingFrom", { rating })}
              </Chip>
            ))}
          </div>
        )}
      </Field>
    </>
  );
}
