import { Button, Group, NumberInput, Skeleton, Slider, Stack, Textarea } from "@mantine/core";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import "@mantine/core/styles/NumberInput.layer.css";
import { fieldErrors } from "#web/api/problem";
import { ConfirmDialog } from "#web/ui/ConfirmDialog";
import { ErrorState } from "#web/ui/ErrorState";
import { FormErrors } from "#web/ui/FormErrors";
import { toastDone } from "#web/ui/toasts";
import { decideDispute, tryDecision } from "../care/actions";
import { Split } from "../care/DisputeBox";
import { useCareWords } from "../care/words";
import { refreshBookings } from "../parts/queries";
import type { Booking } from "../parts/types";
import classes from "./Admin.module.css";

const STEP = 5;

/** The price divided: by a slider or to the won, told line by line by the server before anything is decided. */
export function Divide({ booking }: { booking: Booking }) {
  const { t } = useCareWords();
  const client = useQueryClient();
  const price = booking.price.amount;
  const [refund, setRefund] = useState(Math.floor(price / 2));
  const [settled, setSettled] = useState(refund);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const quote = useQuery({
    queryKey: ["coocook", "split", booking.id, settled],
    queryFn: ({ signal }) => tryDecision(booking.id, { refund: settled, reason: "…" }, signal),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const split = quote.data?.dispute?.split;
  const deciding = useMutation({
    mutationFn: () => decideDispute(booking.id, { refund: settled, reason: reason.trim() }),
    meta: { quiet: true },
    onSuccess: async () => {
      await Promise.all([
        refreshBookings(client),
        client.invalidateQueries({ queryKey: ["admin", "waiting"] }),
      ]);
      toastDone(t("admin.disputes.done"));
    },
    onError: () => void refreshBookings(client),
    onSettled: () => setAsking(false),
  });
  const choose = (amount: number) => {
    const within = Math.max(0, Math.min(price, Math.round(amount)));
    setRefund(within);
    setSettled(within);
  };
  const ready = !!split && !quote.isPlaceholderData && split.refund.amount === refund;
  return (
    <section className={classes.card} aria-labelledby="divide">
      <h2 id="divide">{t("admin.disputes.divide")}</h2>
      <Stack gap="md">
        <FormErrors
          error={deciding.error}
          labels={{ refund: t("admin.disputes.refund"), reason: t("admin.disputes.reason") }}
        />
        <div className={classes.slider}>
          <Slider
            thumbLabel={t("admin.disputes.percent")}
            min={0}
            max={100}
            step={STEP}
            size="lg"
            thumbSize={28}
            value={price ? Math.round((refund * 100) / price) : 0}
            label={(percent) => `${percent}%`}
            marks={[
              { value: 0, label: t("admin.disputes.none_") },
              { value: 50, label: t("admin.disputes.half") },
              { value: 100, label: t("admin.disputes.all") },
            ]}
            onChange={(percent) => setRefund(Math.round((price * percent) / 100))}
            onChangeEnd={(percent) => choose((price * percent) / 100)}
          />
        </div>
        <NumberInput
          id="refund"
          className={classes.money}
          label={t("admin.disputes.refund")}
          suffix={` ${t("admin.disputes.won")}`}
          thousandSeparator=","
          allowNegative={false}
          allowDecimal={false}
          min={0}
          max={price}
          clampBehavior="strict"
          hideControls
          value={refund}
          error={fieldErrors(deciding.error).refund}
          onChange={(next) => choose(Number(next) || 0)}
        />
        {quote.isError && !split ? (
          <ErrorState error={quote.error} onRetry={quote.refetch} order={3} />
        ) : split ? (
          <div aria-live="polite" aria-busy={!ready}>
            <Split split={split} />
          </div>
        ) : (
          <Skeleton height={128} />
        )}
        <Textarea
          id="reason"
          required
          label={t("admin.disputes.reason")}
          description={t("admin.disputes.reasonText")}
          autosize
          minRows={3}
          maxLength={2000}
          value={reason}
          error={
            tried && !reason.trim() ? t("admin.disputes.reasonFirst") : fieldErrors(deciding.error).reason
          }
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button
            disabled={!ready}
            onClick={() => {
              setTried(true);
              if (reason.trim()) setAsking(true);
            }}
          >
            {t("admin.disputes.decide")}
          </Button>
        </Group>
      </Stack>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => deciding.mutate()}
        title={t("admin.disputes.confirmTitle")}
        confirm={t("admin.disputes.confirm")}
        pending={deciding.isPending}
        disabled={!ready}
      >
        <Stack gap="md">
          {split ? <Split split={split} /> : null}
          <p className={classes.small}>{t("admin.disputes.confirmText")}</p>
        </Stack>
      </ConfirmDialog>
    </section>
  );
}
