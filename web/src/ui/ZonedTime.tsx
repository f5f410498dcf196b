import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { formatRange, formatTime, offsetOf, readerZone, type TimeStyle, zoneName } from "#web/ui/format";
import classes from "./ZonedTime.module.css";

interface ZonedTimeProps {
  /** RFC 3339. */
  at: string;
  until?: string;
  /** The zone in which it happens; the reader's own where nothing happens anywhere. */
  zone?: string;
  style?: TimeStyle;
}

/** A moment where it happens. When that is not the reader's clock, the zone is named and their own time is at hand. */
export function ZonedTime({ at, until, zone, style = "datetime" }: ZonedTimeProps) {
  const { t } = useTranslation("shell");
  const moment = new Date(at);
  const own = readerZone();
  const there = zone ?? own;
  const say = (where: string) =>
    until ? formatRange(at, until, { style, zone: where }) : formatTime(at, { style, zone: where });
  const elsewhere = offsetOf(there, moment) !== offsetOf(own, moment);
  const text = <time dateTime={at}>{say(there)}</time>;
  if (!elsewhere) return text;
  return (
    <Tooltip label={t("time.yours", { time: say(own) })} events={{ hover: true, focus: true, touch: true }}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the reader's own time must be reachable by keyboard */}
      <span className={classes.elsewhere} tabIndex={0}>
        {text} <span className={classes.zone}>({zoneName(there, undefined, moment)})</span>
      </span>
    </Tooltip>
  );
}
