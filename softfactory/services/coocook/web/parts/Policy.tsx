import { useTranslation } from "react-i18next";
import { formatTime, offsetOf, readerZone, zoneName } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import classes from "./Policy.module.css";
import { type PolicyLine, policyAhead, policyLines, spanOf } from "./policyLines";
import type { CancelPolicy } from "./types";

interface PolicyProps {
  policy: CancelPolicy;
  /** With the start, the lines carry dates rather than spans. */
  startsAt?: string;
  zone?: string;
  /** The chef answers first: until then everything comes back, whatever the policy says. */
  unanswered?: boolean;
  /** All of it, past lines too: what a cancellation was decided by. */
  whole?: boolean;
}

/** What comes back when, in words. Of a booking that is still to come, only what can still be had. */
export function Policy({ policy, startsAt, zone, unanswered, whole }: PolicyProps) {
  const { t } = useTranslation("coocook");
  const now = Date.now();
  const coming = !whole && startsAt !== undefined && Date.parse(startsAt) > now;
  const lines = coming ? policyAhead(policy, startsAt, now) : policyLines(policy, startsAt);
  const elsewhere =
    startsAt && zone && offsetOf(zone, new Date(startsAt)) !== offsetOf(readerZone(), new Date(startsAt));
  const say = (line: PolicyLine, index: number) => {
    const back = line.percent === 100 ? "all" : line.percent === 0 ? "none" : "part";
    if (line.hours === 0)
      return t(`policy.${index === 0 && !unanswered ? "always" : "after"}.${back}`, {
        percent: line.percent,
      });
    const { unit, count } = spanOf(line.hours);
    const until = line.until
      ? t("policy.untilDate", { date: formatTime(line.until, { style: "datetime", zone }) })
      : t(`policy.until.${unit}`, { count });
    return t(`policy.${back}`, { until, percent: line.percent });
  };
  return (
    <div>
      <ul className={classes.lines}>
        {unanswered ? (
          <li data-tone="all">
            <Icon name="check" size={16} />
            {t("policy.unanswered")}
          </li>
        ) : null}
        {lines.map((line, index) => (
          <li
            key={line.hours}
            data-tone={line.percent === 100 ? "all" : line.percent === 0 ? "none" : "part"}
          >
            <Icon name={line.percent === 100 ? "check" : line.percent === 0 ? "close" : "minus"} size={16} />
            {say(line, index)}
          </li>
        ))}
      </ul>
      {elsewhere ? <p className={classes.zone}>{t("calendar.zone", { zone: zoneName(zone) })}</p> : null}
    </div>
  );
}
