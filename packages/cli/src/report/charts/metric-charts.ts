import * as Plot from "@observablehq/plot";
import type { Html } from "../html.ts";
import type { MetricComparison, Report, ReportMetric } from "../report.ts";
import { svgOf } from "./svg-of.ts";

/** Of a row: its label stands above its dots. */
const ROW_HEIGHT = 36;
const MARGINS = { marginLeft: 8, marginRight: 14, marginTop: 16, marginBottom: 34 };
const AXIS = { labelAnchor: "center", labelArrow: "none" } as const;
const FRAME = { axis: null, padding: 0 } as const;
/** Letters of a label that fit beside the words on its right, and that fit alone. */
const SHORT_LABEL = 30;
const LONG_LABEL = 52;

type Row = { readonly place: number; readonly label: string };

/** The values of a metric under every seed, a row for each variant, with their mean. */
export function valuesChart({ variants, baseline }: Report, metric: ReportMetric): Html {
  const rows = rowsOf(variants.map(({ label }) => label));
  const { divisor, unit } = metric.axis;
  const dots = rows.flatMap(({ place }) =>
    (metric.values[place] ?? []).flatMap((value) => (value === null ? [] : [{ place, x: value / divisor, role: variants[place]?.role }])),
  );
  const colour = ({ place, role }: (typeof dots)[number]): string =>
    role === "compared" ? (place === baseline ? "var(--ink)" : "var(--s0)") : "var(--muted)";
  return svgOf(`${metric.title} of each variant and seed`, {
    ...frameOf(rows),
    x: {
      ...AXIS,
      label: unit === "" ? metric.title : `${metric.title} (${unit})`,
      grid: true,
      nice: true,
      ticks: 5,
      tickFormat: dots.some(({ x }) => x >= 1000) ? "~s" : ".3~g",
    },
    marks: [
      labels(rows, LONG_LABEL),
      Plot.dot(dots, { x: "x", y: "place", r: 3.5, fill: colour, fillOpacity: 0.45, stroke: colour, strokeWidth: 0.75 }),
      Plot.tickX(dots, Plot.groupY({ x: "mean", stroke: "first" }, { x: "x", y: "place", stroke: colour, strokeWidth: 2.5, inset: 9 })),
    ],
  });
}

/** How much a metric differs from the baseline's, with 95 % intervals, a row for each variant that was compared; null: nowhere is a ratio. */
export function differencesChart({ variants, baseline, relativeFloor }: Report, metric: ReportMetric): Html | null {
  const found = metric.comparisons.flatMap((comparison, place) => {
    const relative = comparison?.relative ?? null;
    return comparison === null || relative === null ? [] : [{ place, comparison, ...inPercent(relative) }];
  });
  if (found.length === 0 || baseline === null) return null;
  const rows = rowsOf(variants.map(({ label }) => label)).filter(({ place }) => found.some((each) => each.place === place));
  const colour = ({ comparison }: (typeof found)[number]): string => `var(--${comparison.tone})`;
  const floor = relativeFloor * 100;
  return svgOf(`${metric.title} compared with ${variants[baseline]?.label ?? ""}, with 95 % intervals`, {
    ...frameOf(rows),
    x: {
      ...AXIS,
      label: `difference from ${variants[baseline]?.label ?? ""} (%)`,
      grid: true,
      nice: true,
      ticks: 5,
      domain: domainOf(found),
    },
    marks: [
      Plot.rectX([{}], { x1: -floor, x2: floor, fill: "var(--grid)", fillOpacity: 0.8 }),
      Plot.ruleX([0], { stroke: "var(--axis)" }),
      labels(rows, SHORT_LABEL),
      Plot.text(found, {
        y: "place",
        frameAnchor: "right",
        dy: -13,
        textAnchor: "end",
        fill: "var(--muted)",
        text: ({ comparison }: (typeof found)[number]) => comparison.difference,
      }),
      Plot.ruleY(
        found.filter(({ low }) => low !== null),
        { x1: "low", x2: "high", y: "place", stroke: colour, strokeWidth: 2.5, strokeLinecap: "round" },
      ),
      Plot.dot(found, {
        x: "value",
        y: "place",
        r: 4.5,
        stroke: colour,
        strokeWidth: 2,
        fill: (each: (typeof found)[number]) => (each.comparison.tone === "undecided" ? "var(--paper)" : colour(each)),
      }),
    ],
  });
}

function rowsOf(all: readonly string[]): Row[] {
  return all.map((label, place) => ({ place, label }));
}

function frameOf(rows: readonly Row[]): Plot.PlotOptions {
  return {
    ...MARGINS,
    height: rows.length * ROW_HEIGHT + MARGINS.marginTop + MARGINS.marginBottom,
    y: { ...FRAME, type: "band", domain: rows.map(({ place }) => place) },
  };
}

function labels(rows: readonly Row[], max: number): Plot.Markish {
  const text = ({ label }: Row): string => (label.length > max ? `${label.slice(0, max - 3)}...` : label);
  return Plot.text(rows, { y: "place", frameAnchor: "left", textAnchor: "start", dy: -13, fill: "var(--ink)", text, title: "label" });
}

type Percent = { readonly value: number; readonly low: number | null; readonly high: number | null };

function inPercent({ value, low, high }: NonNullable<MetricComparison["relative"]>): Percent {
  const percent = (share: number | null): number | null => (share === null ? null : share * 100);
  return { value: value * 100, low: percent(low), high: percent(high) };
}

/** All values and the zero; wide intervals are cut where they would press the others together. */
function domainOf(found: readonly Percent[]): [number, number] {
  const values = found.flatMap(({ value }) => [value]);
  const reach = 2 * Math.max(2, ...values.map(Math.abs));
  const bounds = found.flatMap(({ value, low, high }) => [value, Math.max(low ?? value, -reach), Math.min(high ?? value, reach)]);
  return [Math.min(-1.5, ...bounds), Math.max(1.5, ...bounds)];
}
