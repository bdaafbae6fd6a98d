import * as quantities from "@ballast/core/quantities";
import { signed, SPACE, typeset } from "../format/typeset.ts";
import type { MetricUnit } from "./experiment.generated.ts";

/** Units as GraphQL names them, and as their rules do. */
const UNITS: Readonly<Record<MetricUnit, quantities.Unit>> = {
  COUNT: "count",
  PAGES: "pages",
  VMS: "vms",
  STATE: "state",
  NS: "ns",
  BYTES: "bytes",
  PAGE_SECONDS: "pageSeconds",
  PER_SECOND: "perSecond",
  RATIO: "ratio",
};

/** The value of a metric with its unit, rounded as in the tables of `ballast compare`. */
export function metricText(unit: MetricUnit, value: number): string {
  return signed(value, quantities.showMean(UNITS[unit]));
}

/** The values of one row, in as many digits as tell different ones apart: what looks the same is the same. */
export function rowTexts(unit: MetricUnit, values: readonly number[]): string[] {
  const show = quantities.showMean(UNITS[unit]);
  return quantities.showColumn(values, (value, digits) => signed(value, (amount) => show(amount, digits)));
}

/** ` ± 1.9 µs`: half of the 95 % interval of a mean; empty where there is none, or where it has no width. */
export function halfWidthText(unit: MetricUnit, summary: { readonly mean: number | null; readonly high: number | null }): string {
  const text = quantities.halfWidthText(UNITS[unit], summary);
  return text === null ? "" : ` ±${SPACE}${typeset(text)}`;
}
