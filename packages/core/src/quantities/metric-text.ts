import type { Unit } from "../metrics/index.ts";
import { showBytes, showCount, showDuration, showPageSeconds, showRate, showRatio } from "./quantities.ts";

/** A value of 0 or more, in three significant digits unless told otherwise. */
export type Show = (value: number, digits?: number) => string;

/** How the value of a metric is shown, by its unit. */
export const SHOWN_BY_UNIT: Readonly<Record<Unit, Show>> = {
  count: showCount,
  pages: showCount,
  bytes: showBytes,
  pageSeconds: showPageSeconds,
  vms: showCount,
  state: showCount,
  ns: showDuration,
  ratio: showRatio,
  perSecond: showRate,
};

/** How a mean is shown: those of counts are no whole numbers, and have decimals below 100. */
export function showMean(unit: Unit): Show {
  const show = SHOWN_BY_UNIT[unit];
  if (show !== showCount) return show;
  return (value, digits = 3) => (value >= 100 || Number.isInteger(value) ? showCount(value) : String(Number(value.toPrecision(digits))));
}

/** Half of the 95 % interval of a mean, which ends at `high`; null where there is none, or where it has no width. */
export function halfWidthText(unit: Unit, { mean, high }: { readonly mean: number | null; readonly high: number | null }): string | null {
  if (mean === null || high === null || high === mean) return null;
  const half = high - mean;
  return showMean(unit)(unit === "ns" ? Math.round(half) : half, 2);
}
