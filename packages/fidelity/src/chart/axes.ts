import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from "d3-scale";
import type { Axis } from "./chart.ts";
import type { PlotArea } from "./frame.ts";
import { element, textElement } from "./svg.ts";

const TICKS = 6;

export type NumberScale = ScaleContinuousNumeric<number, number>;

/** A scale over all values of an axis, from a round number to a round number unless the axis says from where to where. */
export function scaleOver({ from, to, isLogarithmic }: Axis, values: readonly number[], range: readonly [number, number]): NumberScale {
  if (isLogarithmic === true) return scaleLog([from ?? 1, to ?? Math.max(...values)], [...range]).nice();
  const min = values.reduce((low, value) => Math.min(low, value), 0);
  const max = values.reduce((high, value) => Math.max(high, value), min);
  const scale = scaleLinear([from ?? min, to ?? (max === min ? min + 1 : max)], [...range]);
  return to === undefined ? scale.nice(TICKS) : scale;
}

export function drawYAxis(scale: NumberScale, axis: Axis, area: PlotArea): string[] {
  const format = scaleLinear(scale.domain(), scale.range()).tickFormat(TICKS);
  const lines = ticksOf(scale, axis).flatMap((value) => [
    element("path", { class: "grid", d: `M${area.left} ${round(scale(value))}H${area.right}` }),
    textElement({ class: "tick", x: area.left - 8, y: scale(value) + 4, "text-anchor": "end" }, format(value)),
  ]);
  return [...lines, textElement({ class: "label", x: 20, y: area.top - 10 }, axis.label)];
}

/** Of a logarithmic axis the powers of ten. */
function ticksOf(scale: NumberScale, { isLogarithmic }: Axis): number[] {
  const ticks = scale.ticks(TICKS);
  return isLogarithmic === true ? ticks.filter((value) => /^10*$/.test(String(value))) : ticks;
}

export function drawXAxis(scale: NumberScale, { label }: Axis, area: PlotArea): string[] {
  const format = scale.tickFormat(TICKS + 2);
  return [
    element("path", { class: "axis", d: `M${area.left} ${area.bottom}H${area.right}` }),
    ...scale
      .ticks(TICKS + 2)
      .flatMap((value) => [
        element("path", { class: "axis", d: `M${round(scale(value))} ${area.bottom}v5` }),
        textElement({ class: "tick", x: scale(value), y: area.bottom + 18, "text-anchor": "middle" }, format(value)),
      ]),
    drawXLabel(label, area),
  ];
}

export function drawXLabel(label: string, area: PlotArea): string {
  return textElement({ class: "label", x: (area.left + area.right) / 2, y: area.bottom + 38, "text-anchor": "middle" }, label);
}

export function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
