import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PaymentView } from "#web/api/generated";
import { api } from "#web/api/http";
import { say } from "#web/app/i18n";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { formatMoney } from "#web/ui/format";
import { Money } from "#web/ui/Money";
import { MoreButton } from "#web/ui/MoreButton";
import { Panel } from "#web/ui/Panel";
import { RowsSkeleton } from "#web/ui/Skeletons";
import { StatusChip, type Tone } from "#web/ui/StatusChip";
import { type PageOf, usePages } from "#web/ui/usePages";
import { ZonedTime } from "#web/ui/ZonedTime";
import classes from "./Rows.module.css";
import { Wallet } from "./Wallet";

const TONES: Record<PaymentView["status"], Tone> = {
  pinning: "waiting",
  capturing: "waiting",
  unknown: "waiting",
  captured: "good",
  partially_refunded: "neutral",
  refunded: "neutral",
  returned: "neutral",
  failed: "bad",
  discrepant: "warning",
};

export function Payments() {
  const { t } = useTranslation("platform");
  const pages = usePages(["platform", "payments"], (cursor, signal) =>
    api.get<PageOf<PaymentView>>("/api/payment/", { query: { cursor }, signal }),
  );
  return (
    <Stack gap="xl">
      <Wallet />
      <Panel title={t("payments.title")} text={t("payments.text")}>
        {pages.isPending ? <RowsSkeleton count={3} height={56} /> : null}
        {pages.error ? <ErrorState error={pages.error} onRetry={pages.refetch} order={3} /> : null}
        {pages.isSuccess && pages.items.length === 0 ? (
          <EmptyState title={t("payments.none")} text={t("payments.noneText")} order={3} />
        ) : null}
        <Stack gap={0} component="ul" className={classes.rows}>
          {pages.items.map((payment) => (
            <li key={payment.id} className={classes.row}>
              <div className={classes.main}>
                <Text fw={600} lineClamp={2}>
                  {say(payment.title)}
                </Text>
                <Group gap="xs" mt={2}>
                  <StatusChip tone={TONES[payment.status]}>
                    {t(`payments.status.${payment.status}`)}
                  </StatusChip>
                  <Text size="sm" c="dimmed">
                    <ZonedTime at={payment.created_at} />
                  </Text>
                </Group>
              </div>
              <div className={classes.amount}>
                <Text fw={600}>
                  <Money value={payment.amount} />
                </Text>
                {payment.refunded.amount > 0 ? (
                  <Text size="sm" c="dimmed">
                    {t("payments.refunded", { amount: formatMoney(payment.refunded) })}
                  </Text>
                ) : null}
              </div>
            </li>
          ))}
        </Stack>
        <MoreButton {...pages} />
      </Panel>
    </Stack>
  );
}
