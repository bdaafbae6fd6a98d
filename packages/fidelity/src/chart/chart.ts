export type Axis = {
  /** What is shown, with its unit: "memory (MB)". */
  readonly label: string;
  /** By default from 0, or the least value if that is below. */
  readonly from?: number;
  readonly to?: number;
  /** In powers of ten, from 1 unless it says otherwise. */
  readonly isLogarithmic?: true;
};

export type Line = {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** `step`: each value holds until the next one. `dots`: no line between them. */
  readonly shape: "line" | "step" | "dots";
  /** What the line is held against (a law, a published figure) is dashed. */
  readonly isExpected?: boolean;
};

/** Lines over an axis of numbers. */
export type LineChart = ChartTexts & {
  readonly kind: "lines";
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly Line[];
  /** Moments or values worth a word: dashed lines over the whole height. */
  readonly marks?: readonly { readonly x: number; readonly label: string }[];
};

/** One group of bars for each category, one bar in each for each series. */
export type BarChart = ChartTexts & {
  readonly kind: "bars";
  readonly y: Axis;
  readonly categories: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly number[]; readonly isExpected?: boolean }[];
};

type ChartTexts = {
  /** Name of its file, without ending. */
  readonly name: string;
  readonly title: string;
  /** A line below the title: what was simulated, or the source of what it is held against. */
  readonly description: string;
};

export type Chart = LineChart | BarChart;
