import { Group, Stack, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Wallet as WalletView } from "#web/api/generated";
import { api } from "#web/api/http";
import { say } from "#web/app/i18n";
import { useSession } from "#web/app/session";
import { ErrorState } from "#web/ui/ErrorState";
import { formatMoney } from "#web/ui/format";
import { Money } from "#web/ui/Money";
import { MoreButton } from "#web/ui/MoreButton";
import { Panel } from "#web/ui/Panel";
import { RowsSkeleton } from "#web/ui/Skeletons";
import { ZonedTime } from "#web/ui/ZonedTime";
import classes from "./Rows.module.css";
import own from "./Wallet.module.css";

type Line = WalletView["items"][number];

const EARNERS = ["chef", "influencer", "brand"];

function Moved({ line }: { line: Line }) {
  const { t } = useTranslation("platform/wallet");
  const what = line.title ? say(line.title) : null;
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <Text fw={600}>
          {what ? t(`sentence.${line.kind}`, { what }) : t([`kind.${line.kind}`, "kind.other"])}
        </Text>
        <Text size="sm" c="dimmed">
          <ZonedTime at={line.at} />
        </Text>
        {line.gross && line.fee ? (
          <Text size="sm" c="dimmed">
            {t("fee", { gross: formatMoney(line.gross), fee: formatMoney(line.fee) })}
          </Text>
        ) : null}
      </div>
      <div className={classes.amount}>
        <Text fw={600}>
          {line.amount.amount > 0 ? "+" : ""}
          <Money value={line.amount} />
        </Text>
        <Text size="sm" c="dimmed">
          {t("after", { amount: formatMoney(line.balance_after) })}
        </Text>
      </div>
    </li>
  );
}

/** What a person has earned. Whoever earns nothing here and never has does not see it. */
export function Wallet() {
  const { t } = useTranslation("platform/wallet");
  const { user } = useSession();
  const wallet = useInfiniteQuery({
    queryKey: ["platform", "wallet"],
    queryFn: ({ pageParam, signal }) =>
      api.get<WalletView>("/api/payment/wallet", { query: { cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
  const items = wallet.data?.pages.flatMap((page) => page.items) ?? [];
  const earns = user?.roles.some((role) => EARNERS.includes(role)) ?? false;
  if (!earns && items.length === 0) return null;
  return (
    <Panel title={t("title")} text={t("text")}>
      {wallet.isPending ? <RowsSkeleton count={2} height={56} /> : null}
      {wallet.isError ? <ErrorState error={wallet.error} onRetry={wallet.refetch} order={3} /> : null}
      {wallet.data ? (
        <>
          <Group justify="space-between" className={own.balance}>
            <Text c="dimmed">{t("balance")}</Text>
            <Text className={own.sum}>
              <Money value={wallet.data.pages[0]?.balance ?? { amount: 0 }} />
            </Text>
          </Group>
          {items.length === 0 ? (
            <Text size="sm" c="dimmed" mt="sm">
              {t("none")}
            </Text>
          ) : (
            <Stack gap={0} component="ul" className={classes.rows}>
              {items.map((line) => (
                <Moved key={line.id} line={line} />
              ))}
            </Stack>
          )}
          <MoreButton {...wallet} />
        </>
      ) : null}
    </Panel>
  );
}
