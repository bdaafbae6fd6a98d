import {
  type Better,
  COMPARISON_COLUMNS,
  type ComparisonColumn,
  RELATIVE_RESULTS,
  type RelativeResultName,
  type Unit,
} from "@ballast/core/metrics";
import { PAGE_BYTES } from "@ballast/core/units";
import type { Scale } from "@ballast/statistics";
import type { Cell } from "../experiment.ts";

type RelativeResult = { readonly unit: Unit; readonly better?: Exclude<Better, null>; readonly column?: ComparisonColumn };

/** A metric that is compared over seeds. */
export type AnalysedMetric = {
  readonly name: string;
  readonly unit: Unit;
  readonly better: Better;
  readonly column: ComparisonColumn;
  /** Whether it is compared also between runs that did other work: what says how much was done. */
  readonly isOfAnyWork: boolean;
  readonly valueOf: (cell: Cell) => number | null;
};

const RELATIVE = Object.entries<RelativeResult>(RELATIVE_RESULTS).flatMap(([name, { unit, better = null, column }]): AnalysedMetric[] => {
  if (column === undefined) return [];
  const valueOf: AnalysedMetric["valueOf"] = ({ relative }) => relative?.[name as RelativeResultName] ?? null;
  return [{ name, unit, better, column, isOfAnyWork: false, valueOf }];
});

const OF_ONE_RUN = COMPARISON_COLUMNS.map(({ name, unit, better, column }): AnalysedMetric => {
  return { name, unit, better, column, isOfAnyWork: name === "vmsKilled", valueOf: ({ metrics }) => metrics?.[name] ?? null };
});

/** The metrics of the table of a comparison, in its order. */
export const ANALYSED_METRICS: readonly AnalysedMetric[] = [...RELATIVE, ...OF_ONE_RUN].sort(
  (left, right) => left.column.rank - right.column.rank,
);

/** What decides which variant is best: the first of these of which there are values. */
export const PRIMARY_METRICS: readonly string[] = ["slowdown", "workNs", "accessesPerSecond"];

/** The part of the error rate for the tests of that metric; those of all others together have the rest. */
export const PRIMARY_SHARE = 0.5;

/** How metrics of a unit are compared. `floor`: a difference below this many units is none that matters. */
export const COMPARED_BY_UNIT: Readonly<Record<Unit, { readonly scale: Scale; readonly floor: number }>> = {
  ns: { scale: "ratio", floor: 0 },
  ratio: { scale: "ratio", floor: 0 },
  perSecond: { scale: "ratio", floor: 0 },
  count: { scale: "difference", floor: 1 },
  pages: { scale: "difference", floor: 1 },
  bytes: { scale: "difference", floor: PAGE_BYTES },
  pageSeconds: { scale: "difference", floor: 0 },
  // A VM that is killed under one seed in ten matters.
  vms: { scale: "difference", floor: 0 },
  state: { scale: "difference", floor: 0 },
};
