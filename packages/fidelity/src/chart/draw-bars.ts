import { scaleBand } from "d3-scale";
import { showNumber } from "../show-figures.ts";
import { drawYAxis, round, scaleOver } from "./axes.ts";
import type { BarChart } from "./chart.ts";
import { colourOf, drawFrame } from "./frame.ts";
import { element, textElement, wrapText } from "./svg.ts";
import { FONT_SIZES } from "./theme.ts";

/** Pixels above a bar that its value takes. */
const VALUE_HEIGHT = 5;

export function drawBarChart(chart: BarChart): string {
  const { categories, series } = chart;
  const legend = series.map(({ name, isExpected }, index) => ({
    name,
    colour: colourOf(index),
    key: isExpected === true ? ("bar-expected" as const) : ("bar" as const),
  }));
  return drawFrame(chart, legend.length > 1 ? legend : [], (area) => {
    const y = scaleOver(
      chart.y,
      series.flatMap(({ values }) => values),
      [area.bottom, area.top],
    );
    const groups = scaleBand(categories, [area.left, area.right]).paddingInner(0.3).paddingOuter(0.15);
    const bars = scaleBand(
      series.map(({ name }) => name),
      [0, groups.bandwidth()],
    ).padding(0.08);
    const drawBar = (category: string, group: number, index: number): string[] => {
      const { name, values, isExpected } = series[index] ?? { name: "", values: [] };
      const value = values[group] ?? 0;
      const left = (groups(category) ?? 0) + (bars(name) ?? 0);
      const style = isExpected === true ? " bar-expected" : "";
      const place = { x: left, y: y(value), width: bars.bandwidth(), height: area.bottom - y(value) };
      const middle = left + bars.bandwidth() / 2;
      return [
        element("rect", { class: `s${colourOf(index)} fill${style}`, ...place }),
        textElement({ class: "bar-value", x: middle, y: y(value) - VALUE_HEIGHT, "text-anchor": "middle" }, showNumber(value)),
      ];
    };
    return [
      ...drawYAxis(y, chart.y, area),
      ...categories.flatMap((category, group) => series.flatMap((_, index) => drawBar(category, group, index))),
      element("path", { class: "axis", d: `M${area.left} ${round(area.bottom)}H${area.right}` }),
      ...categories.flatMap((category) => drawCategory(category, groups(category) ?? 0, groups.step(), area.bottom)),
    ];
  });
}

function drawCategory(category: string, left: number, step: number, bottom: number): string[] {
  const bandwidth = step * 0.7;
  const lines = wrapText(category, FONT_SIZES.tick, step * 0.95);
  return lines.map((line, index) =>
    textElement({ class: "tick", x: left + bandwidth / 2, y: bottom + 18 + index * 14, "text-anchor": "middle" }, line),
  );
}
