import { Button, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { formatTime } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { addDays, asDate } from "../../parts/calendar";
import { copyDay, nextRange, openMinutes, WEEKDAYS } from "../hours";
import type { DayHours } from "../types";
import classes from "./Availability.module.css";
import { CopyDay } from "./CopyDay";
import { Ranges } from "./Ranges";

/** Monday first, in the reader's language. */
export function weekdayNames(style: "weekday" | "weekdayLong" = "weekdayLong"): string[] {
  return WEEKDAYS.map((day) => formatTime(asDate(addDays("2026-06-01", day)), { style, zone: "UTC" }));
}

interface WeekProps {
  weekly: readonly DayHours[][];
  onChange: (weekly: DayHours[][]) => void;
}

/** The hours of an ordinary week. */
export function Week({ weekly, onChange }: WeekProps) {
  const { t } = useTranslation("coocook/desk");
  const names = weekdayNames();
  const set = (day: number, ranges: DayHours[]) =>
    onChange(weekly.map((old, at) => (at === day ? ranges : old)));
  const hours = Math.round(openMinutes(weekly) / 6) / 10;
  return (
    <section className={classes.box} aria-labelledby="week">
      <div className={classes.boxHead}>
        <h2 id="week">{t("hours.week")}</h2>
        <span className={classes.small}>{t("hours.sum", { count: hours })}</span>
      </div>
      <ul className={classes.days}>
        {WEEKDAYS.map((day) => {
          const ranges = weekly[day] ?? [];
          const name = names[day] ?? "";
          return (
            <li key={day} className={classes.day} data-closed={ranges.length === 0 || undefined}>
              <Switch
                size="md"
                label={name}
                className={classes.switch}
                aria-label={t("hours.open", { day: name })}
                checked={ranges.length > 0}
                onChange={(event) => set(day, event.currentTarget.checked ? [nextRange([]) as DayHours] : [])}
              />
              {ranges.length === 0 ? (
                <div className={classes.closed}>{t("hours.closed")}</div>
              ) : (
                <Ranges day={name} ranges={ranges} onChange={(next) => set(day, next)} />
              )}
              {ranges.length > 0 ? (
                <CopyDay from={day} names={names} onCopy={(to) => onChange(copyDay(weekly, day, to))} />
              ) : null}
            </li>
          );
        })}
      </ul>
      {weekly.every((ranges) => ranges.length === 0) ? (
        <Button
          variant="light"
          leftSection={<Icon name="sparkle" size={18} />}
          onClick={() => onChange(WEEKDAYS.map((day) => (day === 6 ? [] : [nextRange([]) as DayHours])))}
        >
          {t("hours.suggest")}
        </Button>
      ) : null}
    </section>
  );
}
