import { NativeSelect, Select } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { zoneName } from "#web/ui/format";
import type { Draft } from "../hours";
import classes from "./Availability.module.css";

const RULES = [
  { field: "slot_step_minutes", choices: [15, 30, 60, 90, 120], unit: "minutes" },
  { field: "turnaround_minutes", choices: [0, 30, 60, 90, 120, 180, 240], unit: "minutes" },
  { field: "notice_hours", choices: [0, 2, 6, 12, 24, 48, 72, 168], unit: "hours" },
  { field: "horizon_days", choices: [14, 30, 60, 90, 180, 365], unit: "days" },
] as const;

/** Whole hours and days are said as such. */
export function spanWords(unit: "minutes" | "hours" | "days", value: number): { key: string; count: number } {
  if (value === 0) return { key: "none", count: 0 };
  if (unit === "minutes" && value % 60 === 0) return { key: "hours", count: value / 60 };
  if (unit === "hours" && value >= 48 && value % 24 === 0) return { key: "days", count: value / 24 };
  return { key: unit, count: value };
}

interface RulesProps {
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
  errors: Record<string, string>;
}

/** How bookings may fall within the hours. */
export function Rules({ draft, onChange, errors }: RulesProps) {
  const { t } = useTranslation("coocook/desk");
  // Hundreds of zones: by their plain names, which cost nothing; the chosen one is said in the reader's words.
  const zones = useMemo(
    () =>
      [...new Set(["Asia/Seoul", draft.zone, ...Intl.supportedValuesOf("timeZone")])].map((zone) => ({
        value: zone,
        label: zone.replaceAll("_", " "),
      })),
    [draft.zone],
  );
  return (
    <section className={classes.box} aria-labelledby="rules">
      <div className={classes.boxHead}>
        <h2 id="rules">{t("rules.title")}</h2>
      </div>
      <div className={classes.rules}>
        {RULES.map(({ field, choices, unit }) => {
          const current = draft[field];
          const all: number[] = (choices as readonly number[]).includes(current)
            ? [...choices]
            : [...choices, current].sort((a, b) => a - b);
          return (
            <NativeSelect
              key={field}
              id={field}
              label={t(`rules.${field}`)}
              description={t(`rules.${field}Text`)}
              error={errors[field]}
              value={String(current)}
              data={all.map((value) => {
                const { key, count } = spanWords(unit, value);
                return { value: String(value), label: t(`rules.span.${key}`, { count }) };
              })}
              onChange={(event) => onChange({ [field]: Number(event.currentTarget.value) })}
            />
          );
        })}
        <Select
          id="zone"
          label={t("rules.zone")}
          description={`${t("rules.zoneText")} · ${zoneName(draft.zone)}`}
          error={errors.zone}
          searchable
          allowDeselect={false}
          limit={60}
          nothingFoundMessage={t("rules.noZone")}
          data={zones}
          value={draft.zone}
          onChange={(zone) => {
            if (zone) onChange({ zone });
          }}
        />
      </div>
    </section>
  );
}
