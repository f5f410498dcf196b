import { ActionIcon, Loader } from "@mantine/core";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { language } from "#web/app/i18n";
import { formatTime, type TimeStyle } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import {
  addDays,
  addMonths,
  asDate,
  type Day,
  firstDay,
  lastDay,
  type Month,
  monthOf,
  weekdayOf,
  weeksOf,
} from "./calendar";
import classes from "./MonthCalendar.module.css";

interface MonthCalendarProps {
  label: string;
  month: Month;
  onMonth: (month: Month) => void;
  selected?: Day;
  onSelect: (day: Day) => void;
  min: Day;
  max: Day;
  /** Whether a day may be chosen; every day within the bounds when left out. */
  free?: (day: Day) => number | undefined;
  /** What a day's free times are called: `5 free times`. */
  sayFree?: (count: number) => string;
  pending?: boolean;
  today?: Day;
}

const format = (day: Day, style: TimeStyle) => formatTime(asDate(day), { style, zone: "UTC" });

/** A month of days to choose from; arrows move by day and week, Page Up and Down by month. */
export function MonthCalendar(props: MonthCalendarProps) {
  const { month, onMonth, selected, onSelect, min, max, free } = props;
  const { t } = useTranslation("coocook");
  const weekStart = language() === "ko" ? 0 : 1;
  const grid = useRef<HTMLTableElement>(null);
  const [cursor, setCursor] = useState<Day | null>(null);
  const [follow, setFollow] = useState(false);

  const isFree = (day: Day) => day >= min && day <= max && (free ? (free(day) ?? 0) > 0 : true);
  const days = weeksOf(month, weekStart)
    .flat()
    .filter((day): day is Day => day !== null);
  const inMonth = (day: Day | null | undefined): day is Day => !!day && monthOf(day) === month;
  const stop = inMonth(cursor)
    ? cursor
    : inMonth(selected)
      ? selected
      : (days.find(isFree) ?? days.find((day) => day >= min) ?? firstDay(month));

  useEffect(() => {
    if (!follow) return;
    grid.current?.querySelector<HTMLButtonElement>(`[data-day="${stop}"]`)?.focus();
    setFollow(false);
  }, [follow, stop]);

  const go = (day: Day) => {
    const kept = day < min ? min : day > max ? max : day;
    setCursor(kept);
    setFollow(true);
    if (monthOf(kept) !== month) onMonth(monthOf(kept));
  };

  const onKey = (event: KeyboardEvent) => {
    const inWeek = (weekdayOf(stop) - weekStart + 7) % 7;
    const samePlace = (to: Month) => {
      const wanted = `${to}-${stop.slice(8)}`;
      return wanted > lastDay(to) ? lastDay(to) : wanted;
    };
    const to: Record<string, () => Day> = {
      ArrowLeft: () => addDays(stop, -1),
      ArrowRight: () => addDays(stop, 1),
      ArrowUp: () => addDays(stop, -7),
      ArrowDown: () => addDays(stop, 7),
      Home: () => addDays(stop, -inWeek),
      End: () => addDays(stop, 6 - inWeek),
      PageUp: () => samePlace(addMonths(month, -1)),
      PageDown: () => samePlace(addMonths(month, 1)),
    };
    const move = to[event.key];
    if (!move) return;
    event.preventDefault();
    go(move());
  };

  const title = format(firstDay(month), "month");
  return (
    <div className={classes.calendar}>
      <div className={classes.head}>
        <ActionIcon
          className={classes.turn}
          aria-label={t("calendar.before")}
          disabled={month <= monthOf(min)}
          onClick={() => onMonth(addMonths(month, -1))}
        >
          <Icon name="chevronLeft" />
        </ActionIcon>
        <div className={classes.title} aria-live="polite">
          {title} {props.pending ? <Loader size={14} aria-label={t("loading", { ns: "shell" })} /> : null}
        </div>
        <ActionIcon
          className={classes.turn}
          aria-label={t("calendar.after")}
          disabled={month >= monthOf(max)}
          onClick={() => onMonth(addMonths(month, 1))}
        >
          <Icon name="chevronRight" />
        </ActionIcon>
      </div>
      <table ref={grid} aria-label={`${props.label}, ${title}`} className={classes.grid}>
        <thead>
          <tr>
            {Array.from({ length: 7 }, (_, index) => addDays("2026-02-01", index + weekStart)).map((day) => (
              <th key={day} scope="col" abbr={format(day, "weekdayLong")} className={classes.weekday}>
                {format(day, "weekday")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month, weekStart).map((week, row) => (
            <tr key={week.find(Boolean) ?? row}>
              {week.map((day, index) =>
                day === null ? (
                  <td key={`none-${index}`} />
                ) : (
                  <td key={day}>
                    <button
                      type="button"
                      data-day={day}
                      data-free={isFree(day) || undefined}
                      data-full={
                        (free && !props.pending && day >= min && day <= max && !isFree(day)) || undefined
                      }
                      data-selected={day === selected || undefined}
                      tabIndex={day === stop ? 0 : -1}
                      aria-disabled={!isFree(day)}
                      aria-pressed={day === selected}
                      aria-current={day === props.today ? "date" : undefined}
                      onKeyDown={onKey}
                      className={classes.day}
                      onFocus={() => setCursor(day)}
                      onClick={() => {
                        if (isFree(day)) onSelect(day);
                      }}
                    >
                      <span aria-hidden="true">{Number(day.slice(8))}</span>
                      <span className={classes.hidden}>
                        {[
                          format(day, "dayLong"),
                          free ? (isFree(day) ? props.sayFree?.(free(day) ?? 0) : t("calendar.none")) : null,
                        ]
                          .filter(Boolean)
                          .join(", ")}
                      </span>
                    </button>
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
