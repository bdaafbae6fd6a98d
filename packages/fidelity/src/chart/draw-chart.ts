import type { Chart } from "./chart.ts";
import { drawBarChart } from "./draw-bars.ts";
import { drawLineChart } from "./draw-lines.ts";

/** A chart as the text of an SVG file. */
export function drawChart(chart: Chart): string {
  return chart.kind === "lines" ? drawLineChart(chart) : drawBarChart(chart);
}
