import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { FormErrors } from "#web/ui/FormErrors";
import { toastDone } from "#web/ui/toasts";
import { useFocusBack } from "#web/ui/useFocusBack";

interface ReasonDialogProps {
  title: string;
  /** The consequences, in full. */
  children?: ReactNode;
  /** The verb itself. */
  confirm: string;
  dangerous?: boolean;
  /** Said once it is done. */
  done: string;
  /** Does it; refetching belongs here as well. */
  act: (reason: string) => Promise<unknown>;
  onClose: () => void;
  disabled?: boolean;
}

/** Asks an admin why, before an act that the audit keeps. */
export function ReasonDialog(props: ReasonDialogProps) {
  useFocusBack();
  const { t } = useTranslation("shell/admin");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const acting = useMutation({
    mutationFn: () => props.act(reason.trim()),
    meta: { quiet: true },
    onSuccess: () => {
      toastDone(props.done);
      props.onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ "aria-label": t("shell:close"), size: 44 }}
      styles={{ title: { fontWeight: 700, fontSize: "1.125rem" } }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (reason.trim() && !props.disabled) acting.mutate();
        }}
      >
        <Stack gap="md">
          <FormErrors error={acting.error} labels={{ reason: t("reason.label") }} />
          {props.children ? <div>{props.children}</div> : null}
          <Textarea
            id="reason"
            required
            data-autofocus
            label={t("reason.label")}
            description={t("reason.text")}
            autosize
            minRows={2}
            maxLength={500}
            value={reason}
            error={tried && !reason.trim() ? t("reason.first") : undefined}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose} disabled={acting.isPending}>
              {t("reason.dismiss")}
            </Button>
            <Button
              type="submit"
              color={props.dangerous ? "red" : undefined}
              loading={acting.isPending}
              disabled={props.disabled}
            >
              {props.confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
