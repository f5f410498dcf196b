import { NumberInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ReasonDialog } from "#web/admin/ReasonDialog";
import type {
  SoftfactoryServicesPlatformSchemasPaymentsCancelView as CancelView,
  PaymentDetail,
} from "#web/api/generated";
import { api } from "#web/api/http";
import { once } from "#web/api/idempotency";
import { ErrorState } from "#web/ui/ErrorState";
import { formatMoney } from "#web/ui/format";
import { RowsSkeleton } from "#web/ui/Skeletons";
import { SumLines } from "#web/ui/SumLines";
import classes from "./Money.module.css";

/** Gives back a part or all of a payment: the sum line by line before it, a reason with it. */
export function RefundDialog({ payment, onClose }: { payment: PaymentDetail; onClose: () => void }) {
  const { t } = useTranslation("platform/admin");
  const client = useQueryClient();
  const left = payment.captured.amount - payment.refunded.amount;
  const [amount, setAmount] = useState<number | string>(left);
  const wanted = typeof amount === "number" && amount > 0 ? Math.round(amount) : null;
  const [asked] = useDebouncedValue(wanted, 250);
  const path = `/api/payment/${payment.id}/cancel`;
  const quote = useQuery({
    queryKey: ["admin", "refund", payment.id, asked],
    queryFn: () =>
      once("refund-quote", { payment: payment.id, amount: asked }, (idempotencyKey) =>
        api.post<CancelView>(
          path,
          { amount: asked, reason: "dry run" },
          { query: { dry_run: true }, idempotencyKey },
        ),
      ),
    enabled: asked !== null,
    retry: false,
    staleTime: 0,
    placeholderData: (before) => before,
  });
  return (
    <ReasonDialog
      title={t("refund.title")}
      confirm={t("refund.confirm", { amount: formatMoney({ amount: wanted ?? 0 }) })}
      done={t("refund.done")}
      dangerous
      disabled={wanted === null || quote.isPending || quote.isError || asked !== wanted}
      act={async (reason) => {
        const body = { amount: wanted, reason };
        await once("refund", { payment: payment.id, ...body }, (idempotencyKey) =>
          api.post(path, body, { idempotencyKey }),
        );
        await client.invalidateQueries({ queryKey: ["admin"] });
      }}
      onClose={onClose}
    >
      <div className={classes.refund}>
        <NumberInput
          label={t("refund.amount")}
          description={t("refund.most", { amount: formatMoney({ amount: left }) })}
          value={amount}
          onChange={setAmount}
          min={1}
          max={left}
          allowDecimal={false}
          thousandSeparator=","
          hideControls
          error={wanted === null ? t("refund.amountFirst") : undefined}
        />
        {quote.isError ? <ErrorState order={3} error={quote.error} onRetry={quote.refetch} /> : null}
        {quote.isPending && wanted !== null ? <RowsSkeleton count={3} height={24} /> : null}
        {quote.data && !quote.isError ? (
          <SumLines
            lines={quote.data.lines
              .slice(0, -1)
              .filter((line) => line.amount.amount !== 0)
              .map((line) => ({ label: t(`refund.line.${line.label}`), value: line.amount }))}
            total={{ label: t("refund.line.remaining"), value: quote.data.remaining }}
          />
        ) : null}
      </div>
    </ReasonDialog>
  );
}
