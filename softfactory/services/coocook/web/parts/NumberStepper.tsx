import { ActionIcon } from "@mantine/core";
import { useId } from "react";
import { formatNumber } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import classes from "./NumberStepper.module.css";

interface NumberStepperProps {
  label: string;
  /** A small explanation under the label. */
  hint?: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
  /** The figure with its unit: `4 guests`. */
  say?: (value: number) => string;
  fewer: string;
  more: string;
}

/** A small count with buttons of thumb size; the figure is spoken when it changes. */
export function NumberStepper(props: NumberStepperProps) {
  const id = useId();
  const { value, min, max, onChange } = props;
  const say = props.say ?? ((count: number) => formatNumber(count));
  return (
    <fieldset className={classes.row} aria-labelledby={id}>
      <div className={classes.words}>
        <div id={id} className={classes.label}>
          {props.label}
        </div>
        {props.hint ? <div className={classes.hint}>{props.hint}</div> : null}
      </div>
      <div className={classes.control}>
        <ActionIcon
          variant="default"
          radius="xl"
          aria-label={props.fewer}
          disabled={value <= min}
          onClick={() => onChange(Math.max(min, value - 1))}
        >
          <Icon name="minus" size={18} />
        </ActionIcon>
        <output className={classes.value} aria-live="polite">
          {say(value)}
        </output>
        <ActionIcon
          variant="default"
          radius="xl"
          aria-label={props.more}
          disabled={value >= max}
          onClick={() => onChange(Math.min(max, value + 1))}
        >
          <Icon name="plus" size={18} />
        </ActionIcon>
      </div>
    </fieldset>
  );
}
