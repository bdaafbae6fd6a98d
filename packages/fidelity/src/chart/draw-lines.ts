import { curveStepAfter, line as linePath } from "d3-shape";
import { drawXAxis, drawYAxis, type NumberScale, round, scaleOver } from "./axes.ts";
import type { Line, LineChart } from "./chart.ts";
import { colourOf, DASHES, drawFrame, isColourUsed, type PlotArea } from "./frame.ts";
import { element, textElement } from "./svg.ts";

export function drawLineChart(chart: LineChart): string {
  const legend = chart.lines.map((line, index) => {
    return { name: line.name, colour: colourOf(index), key: line.shape === "dots" ? "dot" : strokeOf(line, index) } as const;
  });
  return drawFrame(chart, legend, (area) => {
    const points = chart.lines.flatMap((line) => line.points);
    const x = scaleOver(
      chart.x,
      points.map(([value]) => value),
      [area.left, area.right],
    );
    const y = scaleOver(
      chart.y,
      points.map(([, value]) => value),
      [area.bottom, area.top],
    );
    return [
      ...drawYAxis(y, chart.y, area),
      ...drawXAxis(x, chart.x, area),
      ...(chart.marks ?? []).flatMap((mark) => drawMark(mark, x, area)),
      // Dots stand upon lines, whichever comes first in the legend.
      ...[false, true].flatMap((areDots) =>
        chart.lines.flatMap((line, index) => ((line.shape === "dots") === areDots ? drawLine(line, index, x, y) : [])),
      ),
    ];
  });
}

function strokeOf({ isExpected }: Line, index: number): keyof typeof DASHES {
  if (isExpected === true) return "dashed";
  return isColourUsed(index) ? "dotted" : "line";
}

function drawLine(line: Line, index: number, x: NumberScale, y: NumberScale): string[] {
  const { points, shape } = line;
  const colour = colourOf(index);
  if (shape === "dots") {
    return points.map(([at, value]) => element("circle", { class: `s${colour} fill`, cx: x(at), cy: y(value), r: 3.5 }));
  }
  const path = linePath<readonly [number, number]>(
    ([at]) => x(at),
    ([, value]) => y(value),
  ).digits(1);
  if (shape === "step") path.curve(curveStepAfter);
  return [element("path", { class: `s${colour} line${DASHES[strokeOf(line, index)]}`, d: path([...points]) ?? "" })];
}

function drawMark({ x: at, label }: { readonly x: number; readonly label: string }, x: NumberScale, area: PlotArea): string[] {
  return [
    element("path", { class: "mark", d: `M${round(x(at))} ${area.top}V${area.bottom}` }),
    textElement({ class: "tick", x: x(at) + 4, y: area.bottom - 8 }, label),
  ];
}
