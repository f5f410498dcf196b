import type { ReactNode } from "react";
import type { MoneyValue } from "#web/ui/format";
import { Money } from "#web/ui/Money";
import classes from "./SumLines.module.css";

export interface SumLine {
  label: ReactNode;
  value: MoneyValue;
  /** A small explanation under the label: `4 guests x ₩90,000`. */
  note?: ReactNode;
}

/** A sum, line by line, before anything costs money or comes back. */
export function SumLines({ lines, total }: { lines: readonly SumLine[]; total: SumLine }) {
  return (
    <dl className={classes.lines}>
      {lines.map((line, index) => (
        <div key={index} className={classes.line}>
          <dt>
            {line.label}
            {line.note ? <small className={classes.note}>{line.note}</small> : null}
          </dt>
          <dd>
            <Money value={line.value} />
          </dd>
        </div>
      ))}
      <div className={classes.total}>
        <dt>
          {total.label}
          {total.note ? <small className={classes.note}>{total.note}</small> : null}
        </dt>
        <dd>
          <Money value={total.value} />
        </dd>
      </div>
    </dl>
  );
}
