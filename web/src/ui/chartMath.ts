export interface ChartSeries<Key extends string = string> {
  key: Key;
  label: string;
}

export interface ChartPoint {
  /** What the point is called under the chart and in the table: `6월`. */
  label: string;
  /** By series. */
  values: Record<string, number>;
}

export const sumOf = (point: ChartPoint | undefined): number =>
  point ? Object.values(point.values).reduce((total, value) => total + value, 0) : 0;

/** How much more than before, as a share; null where there is nothing to compare with. */
export function change(now: number, before: number | null | undefined): number | null {
  return before ? (now - before) / Math.abs(before) : null;
}
