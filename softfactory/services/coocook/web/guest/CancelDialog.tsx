import { Skeleton, Stack, Text, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ConfirmDialog } from "#web/ui/ConfirmDialog";
import { ErrorState } from "#web/ui/ErrorState";
import { FormErrors } from "#web/ui/FormErrors";
import { formatMoney, formatTime } from "#web/ui/format";
import { SumLines } from "#web/ui/SumLines";
import { toastDone } from "#web/ui/toasts";
import { cancel, happened, quoteCancel, refusedAs } from "../parts/actions";
import { Notice } from "../parts/Notice";
import { refreshBookings } from "../parts/queries";
import type { Booking, CancelQuote } from "../parts/types";
import { useBookingWords } from "../parts/words";

interface CancelDialogProps {
  booking: Booking;
  opened: boolean;
  onClose: () => void;
}

function Quote({ quote, booking }: { quote: CancelQuote; booking: Booking }) {
  const { t } = useBookingWords();
  const refund = quote.lines.find((line) => line.code === "refund");
  if (booking.status === "held") return <Text>{t("cancel.held")}</Text>;
  return (
    <>
      <SumLines
        lines={quote.lines
          .filter((line) => line.code !== "refund" && (line.code === "paid" || line.amount.amount !== 0))
          .map((line) => ({ label: line.label, value: line.amount }))}
        total={{ label: refund?.label ?? t("refund.title"), value: quote.refund }}
      />
      <Text size="sm" c="dimmed">
        {quote.rule}{" "}
        {quote.valid_until
          ? t("cancel.validUntil", { time: formatTime(quote.valid_until, { zone: booking.zone }) })
          : null}
      </Text>
    </>
  );
}

/** Cancelling, with what comes back line by line before anything happens. */
export function CancelDialog({ booking, opened, onClose }: CancelDialogProps) {
  const { t, i18n } = useBookingWords();
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const quote = useQuery({
    queryKey: ["coocook", "cancel", booking.id, booking.status, i18n.language],
    queryFn: () => quoteCancel(booking.id),
    enabled: opened,
    // The share shrinks with time: what is shown is what was just asked.
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const tellDone = async (refund: CancelQuote["refund"]) => {
    await refreshBookings(client);
    onClose();
    toastDone(refund.amount > 0 ? t("cancel.doneRefund", { amount: formatMoney(refund) }) : t("cancel.done"));
  };
  const cancelling = useMutation({
    mutationFn: (expected: number) =>
      cancel(booking.id, { reason: reason.trim(), expected_refund: expected }),
    meta: { quiet: true },
    onSuccess: (done) => tellDone(done.refund),
    onError: async (error, expected) => {
      if (await happened(error, booking.id, (now) => now.status === "cancelled")) {
        await tellDone({ amount: expected, currency: "KRW" });
      } else if (refusedAs(error, "refund_changed")) void quote.refetch();
      else if (refusedAs(error, "wrong_state", "too_late", "payment_underway")) void refreshBookings(client);
    },
  });
  const { data } = quote;
  const changed = refusedAs(cancelling.error, "refund_changed");
  const verb =
    booking.status === "held"
      ? t("cancel.confirmHeld")
      : data && data.refund.amount > 0
        ? t("cancel.confirmRefund", { amount: formatMoney(data.refund) })
        : t("cancel.confirmNone");
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t("cancel.title")}
      confirm={verb}
      dismiss={t("cancel.keep")}
      dangerous
      pending={cancelling.isPending}
      disabled={!data || quote.isFetching}
      onConfirm={() => {
        if (data) cancelling.mutate(data.refund.amount);
      }}
    >
      <Stack gap="md">
        {changed ? (
          <Notice role="alert" tone="warning" icon="info">
            {t("cancel.changed")}
          </Notice>
        ) : (
          <FormErrors error={cancelling.error} labels={{ reason: t("cancel.reason") }} />
        )}
        {quote.isPending ? <Skeleton height={128} /> : null}
        {quote.isError && !data ? <ErrorState error={quote.error} onRetry={quote.refetch} order={3} /> : null}
        {data ? <Quote quote={data} booking={booking} /> : null}
        {booking.status === "held" ? null : (
          <Textarea
            id="reason"
            label={t("cancel.reason")}
            description={t("cancel.reasonText")}
            autosize
            minRows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
      </Stack>
    </ConfirmDialog>
  );
}
