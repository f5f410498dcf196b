import { Button, Group, Stack, Textarea } from "@mantine/core";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldErrors } from "#web/api/problem";
import { Dialog } from "#web/ui/Dialog";
import { FormErrors } from "#web/ui/FormErrors";

interface ReasonDialogProps {
  opened: boolean;
  onClose: () => void;
  /** The reason, trimmed; empty only where it is optional. */
  onSend: (reason: string) => void;
  title: string;
  /** The consequences, in full. */
  children?: ReactNode;
  /** The verb itself. */
  confirm: string;
  dismiss?: string;
  /** What is asked for, where "reason" says too little, and who will read it. */
  label?: string;
  description?: ReactNode;
  /** Reasons at hand: pressing one writes it, to be changed. */
  ready?: readonly { label: string; text: string }[];
  optional?: boolean;
  minLength?: number;
  maxLength?: number;
  dangerous?: boolean;
  pending?: boolean;
  /** Something else in the dialog is not as it has to be yet. */
  disabled?: boolean;
  /** What the last attempt threw; the dialog stays, and what was typed with it. */
  error?: unknown;
}

/** Asks why: before an act of an administrator, a refusal, a refund. What was typed survives a failed attempt. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { t } = useTranslation("shell");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const least = props.optional ? 0 : (props.minLength ?? 1);
  const label = props.label ?? t("reason.label");
  const short = reason.trim().length < least;
  useEffect(() => {
    if (props.opened) return;
    setReason("");
    setTried(false);
  }, [props.opened]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (short) document.getElementById("reason")?.focus();
    else if (!props.pending && !props.disabled) props.onSend(reason.trim());
  };
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={props.title}>
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          <FormErrors error={props.error} labels={{ reason: label }} />
          {props.children ? <div>{props.children}</div> : null}
          <Textarea
            id="reason"
            label={label}
            description={props.description}
            autosize
            minRows={3}
            maxRows={10}
            maxLength={props.maxLength ?? 500}
            required={!props.optional}
            data-autofocus
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={
              tried && short
                ? t(least > 1 ? "reason.short" : "reason.empty", { count: least })
                : fieldErrors(props.error).reason
            }
          />
          {props.ready ? (
            <Group gap={8} role="group" aria-label={t("reason.ready")}>
              {props.ready.map((each) => (
                <Button key={each.label} variant="default" radius="xl" onClick={() => setReason(each.text)}>
                  {each.label}
                </Button>
              ))}
            </Group>
          ) : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose} disabled={props.pending}>
              {props.dismiss ?? t("cancel")}
            </Button>
            <Button
              type="submit"
              color={props.dangerous ? "red" : undefined}
              loading={props.pending}
              disabled={props.disabled}
            >
              {props.confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
