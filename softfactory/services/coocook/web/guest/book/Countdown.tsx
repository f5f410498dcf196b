import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { Icon } from "#web/ui/icons";
import { useCountdown } from "../../parts/countdown";
import { useBookingWords } from "../../parts/words";
import classes from "./Countdown.module.css";

const LAST_CALL_SECONDS = 60;

interface CountdownProps {
  endsAt: string;
  /** Told once when the time is over. */
  onOver?: () => void;
  /** Where the time can be taken again. */
  onAgain?: () => void;
  pending?: boolean;
}

/** How long the table is kept, said calmly: a clock that runs, a word at the last minute, and what to do after. */
export function Countdown({ endsAt, onOver, onAgain, pending }: CountdownProps) {
  const { t } = useBookingWords();
  const left = useCountdown(endsAt);
  const told = useRef<string | null>(null);
  const over = left?.over ?? false;

  useEffect(() => {
    if (!over || told.current === endsAt) return;
    told.current = endsAt;
    onOver?.();
  }, [over, endsAt, onOver]);

  if (!left) return null;
  if (over) {
    return (
      <div className={classes.box} data-over role="alert">
        <Icon name="clock" />
        <div className={classes.words}>
          <b>{t("hold.over")}</b>
          <span>{t("hold.overText")}</span>
        </div>
        {onAgain ? (
          <Button variant="default" onClick={onAgain} loading={pending}>
            {t("hold.again")}
          </Button>
        ) : null}
      </div>
    );
  }
  return (
    <div className={classes.box}>
      <Icon name="clock" />
      <div className={classes.words}>
        <span>
          {t("hold.kept")}{" "}
          <b className="sf-tabular" role="timer">
            {left.clock}
          </b>
        </span>
      </div>
      <span className={classes.hidden} role="status">
        {left.seconds <= LAST_CALL_SECONDS ? t("hold.lastMinute") : ""}
      </span>
    </div>
  );
}
