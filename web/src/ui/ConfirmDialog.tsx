import { Button, Group, Stack, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "#web/ui/Dialog";

interface ConfirmDialogProps {
  opened: boolean;
  onClose: () => void;
  onConfirm: () => void;
  title: string;
  /** The consequences, in full: sums, who is told, what cannot be undone. */
  children: ReactNode;
  /** The verb itself, never "OK". */
  confirm: string;
  /** What the other button says, where "cancel" would be read as the thing itself. */
  dismiss?: string;
  dangerous?: boolean;
  pending?: boolean;
  disabled?: boolean;
  /** A word to type first, for what destroys: the name of what will be gone. */
  word?: string;
}

/** Asks before something that costs money or cannot be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation("shell");
  const [typed, setTyped] = useState("");
  const right = !props.word || typed.trim() === props.word;
  useEffect(() => {
    if (!props.opened) setTyped("");
  }, [props.opened]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (right && !props.disabled && !props.pending) props.onConfirm();
  };
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={props.title}>
      <Stack component="form" gap="lg" onSubmit={send}>
        <div>{props.children}</div>
        {props.word ? (
          <TextInput
            label={t("confirm.type", { word: props.word })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
          />
        ) : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose} disabled={props.pending}>
            {props.dismiss ?? t("cancel")}
          </Button>
          <Button
            type="submit"
            color={props.dangerous ? "red" : undefined}
            loading={props.pending}
            disabled={props.disabled || !right}
          >
            {props.confirm}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
