import { formatTime, type TimeStyle } from "#web/ui/format";
import { asDate } from "../parts/calendar";
import classes from "./Desk.module.css";

/** A day as a calendar's leaf, from a local time such as `2026-06-03T18:00+09:00`. */
export function DateTile({ at }: { at: string }) {
  const day = asDate(at.slice(0, 10));
  const say = (style: TimeStyle) => formatTime(day, { style, zone: "UTC" });
  return (
    <span className={classes.tile} role="img" aria-label={say("dayLong")}>
      <span className={classes.tileMonth}>{say("monthShort")}</span>
      <span className={classes.tileDay}>{Number(at.slice(8, 10))}</span>
      <span className={classes.tileWeekday}>{say("weekday")}</span>
    </span>
  );
}
