import { useTranslation } from "react-i18next";
import { Icon } from "#web/ui/icons";
import classes from "./Steps.module.css";

interface StepsProps {
  labels: readonly string[];
  /** Index of the step in hand; `labels.length` when all are done. */
  current: number;
  /** Going back to a finished step, where that is allowed. */
  onGoTo?: (index: number) => void;
}

/** Where one is in a short sequence: choose, check, pay. */
export function Steps({ labels, current, onGoTo }: StepsProps) {
  const { t } = useTranslation("shell");
  return (
    <nav aria-label={t("steps.label")}>
      <ol className={classes.steps}>
        {labels.map((label, index) => {
          const done = index < current;
          const inside = (
            <>
              <span className={classes.dot}>{done ? <Icon name="check" size={16} /> : index + 1}</span>
              <span className={classes.label}>{label}</span>
            </>
          );
          return (
            <li
              key={label}
              className={classes.step}
              data-state={done ? "done" : index === current ? "current" : "ahead"}
              aria-current={index === current ? "step" : undefined}
            >
              {done && onGoTo ? (
                <button type="button" className={classes.inside} onClick={() => onGoTo(index)}>
                  {inside}
                </button>
              ) : (
                <span className={classes.inside}>{inside}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
