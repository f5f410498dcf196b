import { Button, SegmentedControl, Skeleton } from "@mantine/core";
import { lazy, type ReactNode, Suspense, useId } from "react";
import { useTranslation } from "react-i18next";
import classes from "#web/ui/ChartCard.module.css";
import { type ChartPoint, type ChartSeries, sumOf } from "#web/ui/chartMath";
import { datedName, download, toCsv } from "#web/ui/csv";
import { ErrorState } from "#web/ui/ErrorState";
import { formatNumber, formatPercent } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { useFilters } from "#web/ui/useFilters";
import { useNear } from "#web/ui/useNear";

// Charts weigh more than the whole shell: they come when one is nearly on the screen.
const ChartFigure = lazy(() => import("#web/ui/ChartFigure"));

export interface ChartPeriods {
  /** The parameter of the address that keeps the choice: `earnings`. */
  param: string;
  options: readonly { value: string; label: string }[];
}

interface ChartCardProps {
  title: string;
  /** The one figure that the chart explains, formatted. */
  figure?: ReactNode;
  /** Against the period before, as a share (`change()` makes it), and what it is compared with. */
  comparison?: { share: number | null; with: string };
  series: readonly ChartSeries[];
  points: readonly ChartPoint[] | undefined;
  kind?: "bars" | "lines" | "areas";
  /** How a value is written: in the table and beside the pointer. */
  format?: (value: number) => string;
  /** How a value is written on the axis, where there is little room. */
  formatAxis?: (value: number) => string;
  /** What the points are, above the table's first column: `Month`. */
  pointName: string;
  /** The first option is the one without a parameter. Read the choice with `usePeriod`. */
  periods?: ChartPeriods;
  csvName?: string;
  loading?: boolean;
  error?: unknown;
  onRetry?: () => void;
  note?: ReactNode;
  /** Said when every value is zero. */
  empty?: ReactNode;
  height?: number;
  order?: 2 | 3;
}

/** The period in the address; the first option where it names none, or one that does not exist. */
export function usePeriod({ param, options }: ChartPeriods): string {
  const { values } = useFilters([param]);
  return (options.find(({ value }) => value === values[param]) ?? options[0])?.value ?? "";
}

function Periods({ param, options }: ChartPeriods) {
  const { t } = useTranslation("shell");
  const { set } = useFilters([param]);
  const value = usePeriod({ param, options });
  return (
    <SegmentedControl
      aria-label={t("chart.period")}
      className={classes.periods}
      value={value}
      data={[...options]}
      onChange={(next) => set({ [param]: next === options[0]?.value ? undefined : next })}
    />
  );
}

function Comparison({ share, with: what }: { share: number | null; with: string }) {
  const { t } = useTranslation("shell");
  if (share === null) return null;
  const way = Math.abs(share) < 0.0005 ? "same" : share > 0 ? "up" : "down";
  return (
    <p className={classes.comparison} data-way={way}>
      {way === "same" ? null : <Icon name={way === "up" ? "arrowUp" : "arrowDown"} size={16} />}
      {t(`chart.${way}`, { what, share: formatPercent(Math.abs(share)) })}
    </p>
  );
}

function Numbers({
  title,
  pointName,
  series,
  points,
  format,
}: Pick<ChartCardProps, "title" | "pointName" | "series"> & {
  points: readonly ChartPoint[];
  format: (value: number) => string;
}) {
  return (
    <table className={classes.numbers}>
      <caption className={classes.hidden}>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{pointName}</th>
          {series.map(({ key, label }) => (
            <th key={key} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {points.map((point, index) => (
          <tr key={index}>
            <th scope="row">{point.label}</th>
            {series.map(({ key }) => (
              <td key={key}>{format(point.values[key] ?? 0)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/**
 * Something over time: its title, the figure, how it compares, the chart, and the same numbers as a table and as CSV.
 * The chart itself is hidden from screen readers: the table says the same, exactly.
 */
export function ChartCard(props: ChartCardProps) {
  const { t } = useTranslation("shell");
  const id = useId();
  const [place, near] = useNear<HTMLDivElement>();
  const { series, points, format = formatNumber, height = 220 } = props;
  const Heading = props.order === 3 ? "h3" : "h2";
  const nothing = !points || points.every((point) => sumOf(point) === 0);
  const csv = () =>
    download(
      datedName(props.csvName ?? "chart"),
      toCsv(
        [props.pointName, ...series.map(({ label }) => label)],
        (points ?? []).map((point) => [point.label, ...series.map(({ key }) => point.values[key] ?? 0)]),
      ),
    );
  const body = () => {
    if (props.loading) return <Skeleton height={height} role="status" aria-label={t("loading")} />;
    if (props.error) return <ErrorState error={props.error} onRetry={props.onRetry} order={3} />;
    if (nothing) return <p className={classes.empty}>{props.empty ?? t("chart.empty")}</p>;
    return (
      <>
        <div ref={place} aria-hidden="true" style={{ height }}>
          {near ? (
            <Suspense fallback={<Skeleton height={height} />}>
              <ChartFigure
                kind={props.kind ?? "bars"}
                series={series}
                points={points}
                height={height}
                format={format}
                formatAxis={props.formatAxis ?? format}
              />
            </Suspense>
          ) : (
            <Skeleton height={height} />
          )}
        </div>
        {series.length > 1 ? (
          <ul className={classes.legend} aria-hidden="true">
            {series.map(({ key, label }, index) => (
              <li key={key} data-series={index + 1}>
                {label}
              </li>
            ))}
          </ul>
        ) : null}
        <details className={classes.details}>
          <summary>{t("chart.numbers")}</summary>
          <Numbers
            title={props.title}
            pointName={props.pointName}
            series={series}
            points={points}
            format={format}
          />
          <Button variant="default" mt="sm" leftSection={<Icon name="download" size={18} />} onClick={csv}>
            {t("chart.csv")}
          </Button>
        </details>
      </>
    );
  };
  return (
    <section className={classes.card} aria-labelledby={id}>
      <div className={classes.top}>
        <Heading id={id} className={classes.title}>
          {props.title}
        </Heading>
        {props.periods ? <Periods {...props.periods} /> : null}
      </div>
      {props.loading || props.error ? null : (
        <>
          {props.figure ? <p className={classes.figure}>{props.figure}</p> : null}
          {props.comparison ? <Comparison {...props.comparison} /> : null}
        </>
      )}
      {body()}
      {props.note ? <p className={classes.note}>{props.note}</p> : null}
    </section>
  );
}
