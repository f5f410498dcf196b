import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { fieldErrors } from "#web/api/problem";
import { recall, remember } from "#web/app/memory";
import { FormErrors } from "#web/ui/FormErrors";
import { formatTime } from "#web/ui/format";
import { toastDone } from "#web/ui/toasts";
import { useFocusBack } from "#web/ui/useFocusBack";
import { refreshBookings } from "../parts/queries";
import type { Booking } from "../parts/types";
import { dispute } from "./actions";
import classes from "./Care.module.css";
import { useCareWords } from "./words";

interface DisputeDialogProps {
  booking: Booking;
  opened: boolean;
  onClose: () => void;
}

/** Telling what went wrong, or one's own side of it; what happens next stands above the field. */
export function DisputeDialog({ booking, opened, onClose }: DisputeDialogProps) {
  useFocusBack();
  const { t } = useCareWords();
  const client = useQueryClient();
  const slot = `sf.coocook.dispute.${booking.id}`;
  const [reason, setReason] = useState(() => recall(slot, "tab") ?? "");
  const [tried, setTried] = useState(false);
  const answering = booking.status === "disputed";
  const sending = useMutation({
    mutationFn: () => dispute(booking.id, reason.trim()),
    meta: { quiet: true },
    onSuccess: async () => {
      remember(slot, null, "tab");
      await refreshBookings(client);
      onClose();
      toastDone(t(answering ? "dispute.answered" : "dispute.sent"));
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (reason.trim()) sending.mutate();
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t(answering ? "dispute.answerTitle" : "dispute.title")}
      closeButtonProps={{ "aria-label": t("shell:close"), size: 44 }}
      styles={{ title: { fontWeight: 700, fontSize: "1.125rem" } }}
    >
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          <p className={classes.small}>{t(answering ? "dispute.answerText" : "dispute.lead")}</p>
          {answering ? null : (
            <ol className={classes.steps}>
              <li>{t("dispute.steps.1")}</li>
              <li>{t(booking.role === "guest" ? "dispute.steps.2_guest" : "dispute.steps.2_chef")}</li>
              <li>{t("dispute.steps.3")}</li>
              <li>{t("dispute.steps.4")}</li>
            </ol>
          )}
          <FormErrors error={sending.error} labels={{ reason: t("dispute.reason") }} />
          <Textarea
            id="reason"
            required
            data-autofocus
            label={t("dispute.reason")}
            placeholder={t("dispute.reasonHint")}
            autosize
            minRows={4}
            maxRows={12}
            maxLength={2000}
            value={reason}
            onChange={(event) => {
              setReason(event.currentTarget.value);
              remember(slot, event.currentTarget.value, "tab");
            }}
            error={tried && !reason.trim() ? t("dispute.reasonFirst") : fieldErrors(sending.error).reason}
          />
          {booking.dispute_until && !answering ? (
            <p className={classes.small}>
              {t("dispute.until", { time: formatTime(booking.dispute_until, { zone: booking.zone }) })}
            </p>
          ) : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} disabled={sending.isPending}>
              {t("shell:cancel")}
            </Button>
            <Button type="submit" loading={sending.isPending}>
              {t(answering ? "dispute.answer" : "dispute.send")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
