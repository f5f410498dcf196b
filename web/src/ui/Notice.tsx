import type { ReactNode, Ref } from "react";
import { Icon, type IconName } from "#web/ui/icons";
import classes from "./Notice.module.css";

interface NoticeProps {
  tone: "calm" | "warning" | "bad";
  icon: IconName;
  title?: ReactNode;
  children?: ReactNode;
  /** `alert` when it appears as an answer to what was done; none for what simply stands there. */
  role?: "alert" | "status";
  ref?: Ref<HTMLDivElement>;
  tabIndex?: number;
}

/** A few words that need attention, in colours that can be read on paper and in the dark. */
export function Notice({ tone, icon, title, children, role, ref, tabIndex }: NoticeProps) {
  return (
    <div ref={ref} tabIndex={tabIndex} role={role} className={classes.notice} data-tone={tone}>
      <Icon name={icon} className={classes.icon} />
      <div className={classes.body}>
        {title ? <div className={classes.title}>{title}</div> : null}
        {children}
      </div>
    </div>
  );
}
