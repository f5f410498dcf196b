import { ActionIcon, Box, Button } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "#web/ui/icons";
import classes from "./CopyField.module.css";

interface FieldProps {
  /** What it is, in a word or two; also names the buttons. */
  label: string;
  value: string;
  description?: ReactNode;
}

interface FrameProps extends FieldProps {
  shown: ReactNode;
  tools?: ReactNode;
}

function Frame({ label, value, description, shown, tools }: FrameProps) {
  const { t } = useTranslation("shell");
  const id = useId();
  const clipboard = useClipboard({ timeout: 2500 });
  return (
    <Box role="group" aria-labelledby={id}>
      <div id={id} className={classes.label}>
        {label}
      </div>
      {description ? <div className={classes.description}>{description}</div> : null}
      <div className={classes.row}>
        <code className={classes.value}>{shown}</code>
        {tools}
        <Button
          variant="default"
          className={classes.copy}
          onClick={() => clipboard.copy(value)}
          aria-label={t("copy.of", { name: label })}
          leftSection={<Icon name={clipboard.copied ? "check" : "copy"} size={18} />}
        >
          {t(clipboard.copied ? "copy.done" : "copy.do")}
        </Button>
      </div>
      <div role="status" className={clipboard.error ? classes.failed : classes.spoken}>
        {clipboard.error ? t("copy.failed") : clipboard.copied ? t("copy.done") : null}
      </div>
    </Box>
  );
}

/** A value to take along: an address, an id, a webhook's URL. */
export function CopyField(props: FieldProps) {
  return <Frame {...props} shown={props.value} />;
}

/** A value that nobody beside the reader should see: hidden until asked for; copied without being shown. */
export function SecretField({ once = false, ...props }: FieldProps & { once?: boolean }) {
  const { t } = useTranslation("shell");
  const [open, setOpen] = useState(false);
  return (
    <Frame
      {...props}
      description={once ? t("secret.once") : props.description}
      shown={
        open ? (
          props.value
        ) : (
          <>
            <span aria-hidden="true">{"•".repeat(Math.min(24, Math.max(8, props.value.length)))}</span>
            <span className={classes.spoken}>{t("secret.hidden")}</span>
          </>
        )
      }
      tools={
        <ActionIcon
          aria-label={t(open ? "secret.hide" : "secret.show", { name: props.label })}
          aria-pressed={open}
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? "eyeOff" : "eye"} />
        </ActionIcon>
      }
    />
  );
}
