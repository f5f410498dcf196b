import type { ReactNode } from "react";
import { Icon, type IconName } from "#web/ui/icons";
import { ZonedTime } from "#web/ui/ZonedTime";
import classes from "./Timeline.module.css";

export interface TimelineEntry {
  id: string;
  at: string;
  title: ReactNode;
  /** Who, and why. */
  text?: ReactNode;
  icon?: IconName;
}

/** What happened, newest first or oldest first as given; each with when, who and why. */
export function Timeline({ entries, zone }: { entries: readonly TimelineEntry[]; zone?: string }) {
  return (
    <ol className={classes.list}>
      {entries.map((entry) => (
        <li key={entry.id} className={classes.entry}>
          <span className={classes.dot}>
            <Icon name={entry.icon ?? "check"} size={14} />
          </span>
          <div>
            <div className={classes.title}>{entry.title}</div>
            {entry.text ? <div className={classes.text}>{entry.text}</div> : null}
            <div className={classes.when}>
              <ZonedTime at={entry.at} zone={zone} />
            </div>
          </div>
        </li>
      ))}
    </ol>
  );
}
