import type { Group } from "#web/dev/entry";
import { nothing, useProblems, useWords } from "#web/dev/samples";
import { ChartCard } from "#web/ui/ChartCard";
import { formatMoney, formatMoneyCompact, formatTime } from "#web/ui/format";

const SOLD = [420_000, 380_000, 610_000, 540_000, 720_000, 655_000];

type Shape = "bars" | "lines" | "areas" | "empty" | "loading" | "error";

function Sample({ shape }: { shape: Shape }) {
  const t = useWords();
  const { broken } = useProblems();
  const drawn = shape === "bars" || shape === "lines" || shape === "areas";
  return (
    <ChartCard
      title={`${t("sample.sales")} (${t(`state.${shape}`)})`}
      figure={drawn ? formatMoney({ amount: 655_000 }) : undefined}
      comparison={drawn ? { share: -0.09, with: t("sample.thanLastMonth") } : undefined}
      kind={drawn ? shape : "bars"}
      series={[
        { key: "done", label: t("sample.done") },
        { key: "ahead", label: t("sample.ahead") },
      ]}
      points={
        shape === "empty"
          ? []
          : SOLD.map((done, index) => ({
              label: formatTime(new Date(Date.UTC(2026, index, 15)), { style: "monthShort", zone: "UTC" }),
              values: { done, ahead: index > 3 ? 120_000 : 0 },
            }))
      }
      pointName={t("sample.month")}
      format={(amount) => formatMoney({ amount })}
      formatAxis={(amount) => formatMoneyCompact({ amount })}
      periods={
        shape === "bars"
          ? {
              param: "months",
              options: [
                { value: "6", label: t("sample.half") },
                { value: "12", label: t("sample.year") },
              ],
            }
          : undefined
      }
      loading={shape === "loading"}
      error={shape === "error" ? broken : undefined}
      onRetry={nothing}
      order={3}
    />
  );
}

const SHAPES: readonly Shape[] = ["bars", "lines", "areas", "empty", "loading", "error"];

export const charts: Group = {
  name: "charts",
  entries: [
    {
      name: "ChartCard",
      states: SHAPES.map((shape) => ({ name: shape, Show: () => <Sample shape={shape} /> })),
    },
  ],
};
