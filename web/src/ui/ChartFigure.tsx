import "@mantine/charts/styles.layer.css";
import { AreaChart, BarChart, LineChart } from "@mantine/charts";
import { useReducedMotion } from "@mantine/hooks";
import type { ChartPoint, ChartSeries } from "#web/ui/chartMath";

interface ChartFigureProps {
  kind: "bars" | "lines" | "areas";
  series: readonly ChartSeries[];
  points: readonly ChartPoint[];
  height: number;
  format: (value: number) => string;
  formatAxis: (value: number) => string;
}

/** The drawing of a ChartCard, a chunk of its own. */
export default function ChartFigure({ kind, series, points, height, format, formatAxis }: ChartFigureProps) {
  const still = useReducedMotion();
  const shared = {
    h: height,
    data: points.map(({ label, values }) => ({ label, ...values })),
    dataKey: "label",
    series: series.map(({ key, label }, index) => ({
      name: key,
      label,
      color: `var(--sf-chart-${(index % 4) + 1})`,
    })),
    valueFormatter: format,
    tickLine: "none" as const,
    gridAxis: "x" as const,
    withLegend: false,
    yAxisProps: { width: 56, tickFormatter: formatAxis },
    // A few points are all named; of many, as many as there is room for.
    xAxisProps: { interval: points.length <= 6 ? 0 : ("preserveStartEnd" as const), minTickGap: 12 },
  };
  // The table beside the chart is the way in for the keyboard: a focus inside a hidden drawing would be lost.
  const quiet = { accessibilityLayer: false };
  const animation = { isAnimationActive: !still };
  if (kind === "lines") {
    return <LineChart {...shared} curveType="monotone" lineChartProps={quiet} lineProps={animation} />;
  }
  if (kind === "areas") {
    return (
      <AreaChart
        {...shared}
        type="stacked"
        curveType="monotone"
        areaChartProps={quiet}
        areaProps={animation}
      />
    );
  }
  return <BarChart {...shared} type="stacked" maxBarWidth={40} barChartProps={quiet} barProps={animation} />;
}
