/** An axis of a chart. */
export type ChartAxis = {
  /** With the unit, where `show` leaves it out. */
  readonly label: string;
  readonly show: (value: number) => string;
  readonly isLogarithmic?: boolean;
  /** Ends of the axis; those of the data if not given. */
  readonly from?: number;
  readonly to?: number;
};

export type ChartSeries = {
  readonly name: string;
  /** A token of the page, such as `--vm-0`. */
  readonly colour: string;
  /** One for each x; null: none. */
  readonly values: readonly (number | null)[];
  readonly shape?: "line" | "steps" | "dashes" | "dots";
};

/** A place on the x axis that a line and a few words name. */
export type ChartMark = { readonly x: number; readonly label: string };

/** What a chart shows. A new object is a new chart: keep it (`useMemo`) while what it shows is the same. */
export type ChartData = {
  /** What screen readers call it. */
  readonly name: string;
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  /** Ascending. */
  readonly xs: readonly number[];
  readonly series: readonly ChartSeries[];
  readonly marks?: readonly ChartMark[];
};

/** Place of the x that is nearest to a value; 0 of an empty list. */
export function nearestIndex(xs: readonly number[], value: number): number {
  let [low, high] = [0, Math.max(0, xs.length - 1)];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((xs[middle] as number) <= value) low = middle;
    else high = middle;
  }
  return Math.abs((xs[high] ?? 0) - value) < Math.abs((xs[low] ?? 0) - value) ? high : low;
}

/** Places of at most so many rows of a table, in equal steps, the first and the last among them. */
export function thinnedPlaces(length: number, max: number): number[] {
  if (length <= max) return Array.from({ length }, (_, place) => place);
  return Array.from({ length: max }, (_, row) => Math.round((row * (length - 1)) / (max - 1)));
}
