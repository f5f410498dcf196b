import { useTranslation } from "react-i18next";
import { formatTime } from "#web/ui/format";
import classes from "./DayBars.module.css";

interface DayBarsProps {
  title: string;
  /** Oldest first; `day` as `2026-11-25`. */
  days: readonly { day: string; value: number }[];
  /** How a value is written. */
  say: (value: number) => string;
  tone?: "accent" | "warning" | "bad";
}

const HEIGHT = 72;

/**
 * A figure for each day as bars: the sum in words, the shape at a glance, every number in a table. Drawn by hand: the
 * chart library would weigh more than the whole admin area.
 */
export function DayBars({ title, days, say, tone = "accent" }: DayBarsProps) {
  const { t } = useTranslation("platform/admin");
  const most = Math.max(1, ...days.map(({ value }) => value));
  const sum = days.reduce((total, { value }) => total + value, 0);
  const step = 100 / Math.max(1, days.length);
  const label = (day: string) => formatTime(`${day}T00:00:00+09:00`, { style: "day", zone: "Asia/Seoul" });
  return (
    <figure className={classes.figure}>
      <figcaption>
        <span className={classes.title}>{title}</span>
        <strong className={classes.sum}>{say(sum)}</strong>
      </figcaption>
      <svg
        viewBox={`0 0 100 ${HEIGHT}`}
        preserveAspectRatio="none"
        className={classes.bars}
        data-tone={tone}
        aria-hidden="true"
      >
        {days.map(({ day, value }, index) => {
          const height = value === 0 ? 1 : Math.max(2, (value / most) * HEIGHT);
          return (
            <rect
              key={day}
              x={index * step + step * 0.14}
              width={step * 0.72}
              y={HEIGHT - height}
              height={height}
              rx={0.4}
              data-empty={value === 0 || undefined}
            >
              <title>{`${label(day)}: ${say(value)}`}</title>
            </rect>
          );
        })}
      </svg>
      <div className={classes.ends} aria-hidden="true">
        <span>{days[0] ? label(days[0].day) : ""}</span>
        <span>{t("chart.today")}</span>
      </div>
      <details className={classes.numbers}>
        <summary>{t("chart.numbers")}</summary>
        <table>
          <tbody>
            {[...days].reverse().map(({ day, value }) => (
              <tr key={day}>
                <th scope="row">{label(day)}</th>
                <td>{say(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
