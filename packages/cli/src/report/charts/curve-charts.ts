import * as Plot from "@observablehq/plot";
import type { Html } from "../html.ts";
import type { CurvePoint, VariantCurves, VmCurves } from "../report.ts";
import { svgOf } from "./svg-of.ts";

const ROW_HEIGHT = 92;
const FAULT_ROW_HEIGHT = 70;
/** Between two VMs, for the label of the lower one. */
const ROW_GAP = 24;
const MARGINS = { marginLeft: 46, marginRight: 10, marginTop: 22, marginBottom: 34 };
/** Decisions stand above the areas, in a strip of this share of their height. */
const STRIP = 0.12;
/** More ticks than that in a chart cannot be told apart. */
const MAX_TICKS = 400;

const STATES = [
  { name: "resident", colour: "var(--s0)", pages: ({ residentPages }: CurvePoint) => residentPages },
  { name: "ballooned", colour: "var(--s1)", pages: ({ balloonPages }: CurvePoint) => balloonPages },
  { name: "swapped out by the host", colour: "var(--s3)", pages: ({ swappedPages }: CurvePoint) => swappedPages },
] as const;

/** What the colours of the curves mean. */
export const LEGEND = STATES.map(({ name, colour }) => ({ name, colour }));

type TimeUnit = { readonly name: string; readonly ns: number };
const TIME_UNITS: readonly TimeUnit[] = [
  { name: "s", ns: 1e9 },
  { name: "ms", ns: 1e6 },
  { name: "us", ns: 1e3 },
];

function timeUnitOf(endNs: number): TimeUnit {
  return TIME_UNITS.find(({ ns }) => endNs >= 2 * ns) ?? { name: "ns", ns: 1 };
}

/** Pages of each VM by where they are, stacked, with the decisions above. `endNs` is the end of the axis. */
export function memoryChart(curves: VariantCurves, endNs: number): Html {
  const unit = timeUnitOf(endNs);
  const most = Math.max(1, ...curves.vms.map(({ configuredPages }) => configuredPages));
  return svgOf(`Pages of each VM over simulated time under ${curves.label}`, {
    ...frameOf(curves, unit, endNs, ROW_HEIGHT),
    y: { label: null, domain: [0, most * (1 + STRIP)], ticks: 3, tickFormat: "~s", grid: true },
    marks: [
      ...STATES.map(({ colour }, state) =>
        Plot.areaY(
          curves.vms.flatMap((vm) => stackOf(vm, state, curves.endNs, unit)),
          {
            x: "x",
            y1: "y1",
            y2: "y2",
            fy: "name",
            fill: colour,
            fillOpacity: 0.85,
            curve: "step-after",
          },
        ),
      ),
      Plot.ruleY(curves.vms, { y: "configuredPages", fy: "name", stroke: "var(--axis)", strokeDasharray: "3 3" }),
      Plot.ruleX(decisionsOf(curves, unit), {
        x: "x",
        fy: "name",
        y1: most * (1 + STRIP / 4),
        y2: most * (1 + STRIP),
        stroke: "var(--ink)",
        strokeWidth: 0.75,
      }),
      ...facetLabels(curves),
    ],
  });
}

/** Faults of each VM per ms of simulated time. */
export function faultsChart(curves: VariantCurves, endNs: number): Html {
  const unit = timeUnitOf(endNs);
  return svgOf(`Faults of each VM per ms of simulated time under ${curves.label}`, {
    ...frameOf(curves, unit, endNs, FAULT_ROW_HEIGHT),
    y: { label: null, ticks: 2, tickFormat: "~s", grid: true, nice: true },
    marks: [
      Plot.areaY(
        curves.vms.flatMap((vm) => ratesOf(vm, unit)),
        { x: "x", y: "rate", fy: "name", fill: "var(--s2)", curve: "step-before" },
      ),
      Plot.ruleY([0], { stroke: "var(--axis)" }),
      ...facetLabels(curves),
    ],
  });
}

function frameOf({ vms }: VariantCurves, unit: TimeUnit, endNs: number, rowHeight: number): Plot.PlotOptions {
  return {
    ...MARGINS,
    height: vms.length * rowHeight + MARGINS.marginTop + MARGINS.marginBottom,
    x: { labelAnchor: "center", labelArrow: "none", label: `simulated time (${unit.name})`, domain: [0, endNs / unit.ns], ticks: 5 },
    fy: { axis: null, paddingInner: ROW_GAP / rowHeight, paddingOuter: 0, domain: vms.map(nameOf) },
  };
}

function nameOf({ vm, name }: VmCurves): string {
  return `${name} (VM ${vm})`;
}

function facetLabels({ vms }: VariantCurves): Plot.Markish[] {
  const named = vms.map((vm) => ({ name: nameOf(vm) }));
  return [Plot.text(named, { fy: "name", text: "name", frameAnchor: "top-left", textAnchor: "start", dy: -13, fill: "var(--ink)" })];
}

type Area = { readonly name: string; readonly x: number; readonly y1: number; readonly y2: number };

/** A state's pages on top of those before it; the last value holds until the end. */
function stackOf(vm: VmCurves, state: number, endNs: number, unit: TimeUnit): Area[] {
  const last = vm.points.at(-1);
  const points = last === undefined ? [] : [...vm.points, { ...last, timeNs: endNs }];
  return points.map((point) => {
    const below = STATES.slice(0, state).reduce((total, { pages }) => total + pages(point), 0);
    return { name: nameOf(vm), x: point.timeNs / unit.ns, y1: below, y2: below + STATES[state]!.pages(point) };
  });
}

function ratesOf(vm: VmCurves, unit: TimeUnit): { name: string; x: number; rate: number }[] {
  return vm.points.map(({ timeNs, faults }, index) => {
    const before = vm.points[index - 1]?.timeNs ?? 0;
    return { name: nameOf(vm), x: timeNs / unit.ns, rate: timeNs === before ? 0 : faults / ((timeNs - before) / 1e6) };
  });
}

/** Those that concern a VM which is shown; the ones that concern none stand at every VM. */
function decisionsOf({ decisions, vms }: VariantCurves, unit: TimeUnit): { name: string; x: number }[] {
  const step = Math.ceil(decisions.length / MAX_TICKS);
  return decisions
    .filter((_, index) => index % Math.max(1, step) === 0)
    .flatMap(({ timeNs, vm }) =>
      vms.filter((each) => vm === 0 || each.vm === vm).map((each) => ({ name: nameOf(each), x: timeNs / unit.ns })),
    );
}
