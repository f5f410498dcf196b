import { ActionIcon, Button, NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { formatTime } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { clockOf, nextRange, type RangeProblem, rangeProblems } from "../hours";
import type { DayHours } from "../types";
import classes from "./Availability.module.css";

const STEP = 30;
const STARTS = Array.from({ length: (24 * 60) / STEP }, (_, index) => clockOf(index * STEP));
const ENDS = [...STARTS.slice(1), "24:00"];

/** A wall time in the reader's way: 오후 5:00, 17:00. */
export function sayClock(clock: string, midnight: string): string {
  if (clock === "24:00") return midnight;
  return formatTime(`2026-01-01T${clock}:00Z`, { style: "time", zone: "UTC" });
}

interface RangesProps {
  /** Whose hours: `Monday`; each control says it. */
  day: string;
  ranges: readonly DayHours[];
  onChange: (ranges: DayHours[]) => void;
  /** Where the last range may go as well. */
  mayBeEmpty?: boolean;
}

/** The open hours of one day: from and to, several times. */
export function Ranges({ day, ranges, onChange, mayBeEmpty = true }: RangesProps) {
  const { t } = useTranslation("coocook/desk");
  const problems = rangeProblems(ranges);
  const more = nextRange(ranges);
  const change = (index: number, part: Partial<DayHours>) =>
    onChange(ranges.map((range, at) => (at === index ? { ...range, ...part } : range)));
  const choices = (clocks: readonly string[], current: string) =>
    (clocks.includes(current) ? clocks : [...clocks, current].sort()).map((clock) => ({
      value: clock,
      label: sayClock(clock, t("hours.midnight")),
    }));
  const say = (problem: RangeProblem | undefined) => (problem ? t(`hours.${problem}`) : undefined);
  return (
    <div className={classes.ranges}>
      {ranges.map((range, index) => {
        const of = { day, count: index + 1 };
        const problem = problems[index];
        return (
          <div key={index} className={classes.slot}>
            <div className={classes.range}>
              <NativeSelect
                rightSectionWidth={28}
                aria-label={t("hours.from", of)}
                data={choices(STARTS, range.from)}
                value={range.from}
                error={!!problem}
                onChange={(event) => change(index, { from: event.currentTarget.value })}
              />
              <span aria-hidden="true">–</span>
              <NativeSelect
                rightSectionWidth={28}
                aria-label={t("hours.to", of)}
                data={choices(ENDS, range.to)}
                value={range.to}
                error={!!problem}
                onChange={(event) => change(index, { to: event.currentTarget.value })}
              />
              {mayBeEmpty || ranges.length > 1 ? (
                <ActionIcon
                  aria-label={t("hours.remove", of)}
                  onClick={() => onChange(ranges.filter((_, at) => at !== index))}
                >
                  <Icon name="trash" size={18} />
                </ActionIcon>
              ) : null}
            </div>
            {problem ? (
              <p role="alert" className={classes.problem}>
                {say(problem)}
              </p>
            ) : null}
          </div>
        );
      })}
      {ranges.length > 0 && more ? (
        <Button
          variant="subtle"
          className={classes.add}
          leftSection={<Icon name="plus" size={16} />}
          onClick={() => onChange([...ranges, more])}
        >
          {t("hours.add")}
        </Button>
      ) : null}
    </div>
  );
}
