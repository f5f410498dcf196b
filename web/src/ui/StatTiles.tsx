import type { ReactNode } from "react";
import { Icon, type IconName } from "#web/ui/icons";
import { PlainLink } from "#web/ui/Link";
import classes from "./StatTiles.module.css";

export interface Stat {
  key: string;
  label: ReactNode;
  /** Formatted: `<Money />`, `formatNumber(…)`. */
  value: ReactNode;
  /** What it is measured against, or what it means today. */
  note?: ReactNode;
  icon?: IconName;
  /** Where the figure is explained: the whole tile goes there. */
  to?: string;
  search?: Record<string, string>;
  /** Needs somebody: an overdue job, an unanswered request. */
  alert?: boolean;
}

/** A few figures side by side, each with its name; on a phone two in a row. */
export function StatTiles({ stats, label }: { stats: readonly Stat[]; label: string }) {
  return (
    <ul className={classes.tiles} aria-label={label}>
      {stats.map((stat) => {
        const inside = (
          <>
            <span className={classes.label}>
              {stat.icon ? <Icon name={stat.icon} size={18} /> : null}
              {stat.label}
            </span>
            <span className={classes.value}>{stat.value}</span>
            {stat.note ? <span className={classes.note}>{stat.note}</span> : null}
          </>
        );
        return (
          <li key={stat.key} className={classes.place}>
            {stat.to ? (
              <PlainLink
                to={stat.to}
                search={(stat.search ?? {}) as never}
                className={classes.tile}
                data-alert={stat.alert || undefined}
                data-link
              >
                {inside}
              </PlainLink>
            ) : (
              <div className={classes.tile} data-alert={stat.alert || undefined}>
                {inside}
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
