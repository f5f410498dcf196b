import { Alert, Skeleton, Stack, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "#web/ui/ConfirmDialog";
import { FormErrors } from "#web/ui/FormErrors";
import { formatMoney } from "#web/ui/format";
import { SumLines } from "#web/ui/SumLines";
import { toastDone } from "#web/ui/toasts";
import { useFocusBack } from "#web/ui/useFocusBack";
import { cancel, quoteCancel } from "../parts/actions";
import { refreshBookings } from "../parts/queries";
import type { BookingCard } from "../parts/types";

/** A chef who cannot come after all: what goes back to the guest, before it does. */
export function CancelDialog({ booking, onClose }: { booking: BookingCard; onClose: () => void }) {
  const { t } = useTranslation("coocook/desk");
  useFocusBack();
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const quote = useQuery({
    queryKey: ["coocook", "cancel-quote", booking.id],
    queryFn: () => quoteCancel(booking.id),
    gcTime: 0,
    staleTime: 0,
  });
  const cancelling = useMutation({
    mutationFn: (refund: number) => cancel(booking.id, { reason: reason.trim(), expected_refund: refund }),
    meta: { quiet: true },
    onSuccess: async () => {
      await refreshBookings(client);
      onClose();
      toastDone(t("cancel.done", { name: booking.guest.name }));
    },
  });
  const { data } = quote;
  const total = data?.lines.find((line) => line.code === "refund");
  return (
    <ConfirmDialog
      opened
      dangerous
      onClose={onClose}
      onConfirm={() => {
        if (data) cancelling.mutate(data.refund.amount);
      }}
      title={t("cancel.title")}
      confirm={t("cancel.confirm")}
      dismiss={t("cancel.keep")}
      pending={cancelling.isPending}
      disabled={!data}
    >
      <Stack gap="md">
        <FormErrors error={cancelling.error ?? quote.error} labels={{ reason: t("decline.reason") }} />
        {quote.isPending ? <Skeleton height={96} /> : null}
        {data && total ? (
          <SumLines
            lines={data.lines
              .filter((line) => line.code !== "refund" && line.amount.amount !== 0)
              .map((line) => ({ label: line.label, value: line.amount }))}
            total={{ label: total.label, value: total.amount }}
          />
        ) : null}
        {data ? (
          <Alert color="orange" variant="light">
            {t("cancel.text", { amount: formatMoney(data.refund), name: booking.guest.name })}
          </Alert>
        ) : null}
        <Textarea
          id="reason"
          label={t("decline.reason")}
          description={t("decline.reasonText")}
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Stack>
    </ConfirmDialog>
  );
}
