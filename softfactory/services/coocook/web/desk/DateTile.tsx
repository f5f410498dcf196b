import { language } from "#web/app/i18n";
import { asDate } from "../parts/calendar";
import classes from "./Desk.module.css";

/** A day as a calendar's leaf, from a local time such as `2026-06-03T18:00+09:00`. */
export function DateTile({ at }: { at: string }) {
  const day = asDate(at.slice(0, 10));
  const say = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language() === "ko" ? "ko-KR" : "en-GB", { ...options, timeZone: "UTC" }).format(
      day,
    );
  return (
    <span
      className={classes.tile}
      role="img"
      aria-label={say({ month: "long", day: "numeric", weekday: "long" })}
    >
      <span className={classes.tileMonth}>{say({ month: "short" })}</span>
      <span className={classes.tileDay}>{Number(at.slice(8, 10))}</span>
      <span className={classes.tileWeekday}>{say({ weekday: "short" })}</span>
    </span>
  );
}
