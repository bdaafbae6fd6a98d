import type uPlot from "uplot";
import type { ChartRange } from "./chart-range.ts";
import type { ChartData } from "./chart-data.ts";

/** What a chart shows of its x axis; undefined: the whole. */
export function shownRange(chart: uPlot, { xs }: ChartData): ChartRange | undefined {
  const { min, max } = chart.scales["x"] ?? {};
  if (min == null || max == null || xs.length === 0) return undefined;
  return min <= xs[0]! && max >= xs.at(-1)! ? undefined : [min, max];
}

/** Shows a part of the x axis, as far as there are points in it; the whole if not given. */
export function showRange(chart: uPlot, range: ChartRange | undefined, data: ChartData): void {
  const shown = shownRange(chart, data);
  const isShown =
    range === undefined ? shown === undefined : shown !== undefined && range.every((end, place) => end === Math.round(shown[place]!));
  const [first, last] = [data.xs[0] ?? 0, data.xs.at(-1) ?? 0];
  if (isShown || first >= last) return;
  const [from, to] = range ?? [first, last];
  if (from < last && to > first) chart.setScale("x", { min: Math.max(from, first), max: Math.min(to, last) });
}
