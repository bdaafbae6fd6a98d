import { differenceScale, type Interval, type Scale } from "./scale.ts";
import type { Comparison, MetricAnalysis } from "./use-experiment.ts";

export type Differences = {
  /** Whether they are shares of the baseline in percent; otherwise they are amounts in the metric's unit. */
  readonly isRelative: boolean;
  readonly scale: Scale;
  readonly rows: readonly { readonly comparison: Comparison; readonly interval: Interval }[];
};

/** Percent on each side of the zero, so that a difference of nearly nothing is not drawn as a large one. */
const LEAST_PERCENT = 2;

/** The differences of a metric from the baseline, by ratios where all variants have one; undefined: nothing can be compared. */
export function differencesOf({ comparisons }: MetricAnalysis): Differences | undefined {
  const known = comparisons.filter(({ difference }) => difference !== null);
  if (known.length === 0) return undefined;
  const isRelative = known.every(({ relative }) => relative !== null);
  const rows = known.map((comparison) => ({ comparison, interval: isRelative ? percentsOf(comparison) : amountsOf(comparison) }));
  const intervals = rows.map(({ interval }) => interval);
  const farthest = Math.max(...intervals.map(({ value }) => Math.abs(value)));
  return { isRelative, rows, scale: differenceScale(intervals, isRelative ? LEAST_PERCENT : farthest / 10 || 1) };
}

function percentsOf({ relative, relativeLow, relativeHigh }: Comparison): Interval {
  const percent = (share: number | null): number | null => (share === null ? null : share * 100);
  return { value: percent(relative) ?? 0, low: percent(relativeLow), high: percent(relativeHigh) };
}

function amountsOf({ difference, low, high }: Comparison): Interval {
  return { value: difference ?? 0, low, high };
}
