import type { ReactNode } from "react";
import classes from "./DescriptionList.module.css";

export interface Description {
  label: ReactNode;
  /** Absent values are left out; say so in words where their absence matters. */
  value: ReactNode;
}

/** Facts of one thing, by name: label and value side by side, one under the other where it is narrow. */
export function DescriptionList({ items, columns = 1 }: { items: readonly Description[]; columns?: 1 | 2 }) {
  return (
    <dl className={classes.list} data-columns={columns}>
      {items
        .filter(({ value }) => value !== null && value !== undefined && value !== "")
        .map(({ label, value }, index) => (
          <div key={index} className={classes.item}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
