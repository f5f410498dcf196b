import { Button, Group, Modal, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

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
}

/** Asks before something that costs money or cannot be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation("shell");
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ "aria-label": t("close"), size: 44 }}
      styles={{ title: { fontWeight: 700, fontSize: "1.125rem" } }}
    >
      <Stack gap="lg">
        <div>{props.children}</div>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose} disabled={props.pending}>
            {props.dismiss ?? t("cancel")}
          </Button>
          <Button
            color={props.dangerous ? "red" : undefined}
            onClick={props.onConfirm}
            loading={props.pending}
            disabled={props.disabled}
          >
            {props.confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
