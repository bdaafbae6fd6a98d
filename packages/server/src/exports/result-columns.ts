import { RELATIVE_RESULTS, type ResultDescription, type Unit, RUN_ONLY_RESULTS, VM_RESULTS } from "@ballast/core/metrics";
import type { Cell, ColumnKind, ItemColumn } from "./table.ts";

const KIND_OF_UNIT = {
  count: "integer",
  pages: "integer",
  bytes: "integer",
  pageSeconds: "number",
  ns: "integer",
  ratio: "number",
  perSecond: "number",
  vms: "integer",
  state: "integer",
} as const satisfies Record<Unit, ColumnKind>;

export function kindOfUnit(unit: Unit): ColumnKind {
  return KIND_OF_UNIT[unit];
}

type Results = { readonly [name: string]: unknown };

/** A column for each result that a VM has. */
export function vmResultColumns<Item>(resultsOf: (item: Item) => Results | null): ItemColumn<Item>[] {
  return VM_RESULTS.map((result) => resultColumn(result, resultsOf));
}

/** A column for each result that a run has. */
export function runResultColumns<Item>(resultsOf: (item: Item) => Results | null): ItemColumn<Item>[] {
  return [...VM_RESULTS, ...RUN_ONLY_RESULTS].map((result) => resultColumn(result, resultsOf));
}

function resultColumn<Item>({ name, unit }: ResultDescription, resultsOf: (item: Item) => Results | null): ItemColumn<Item> {
  return { name, kind: kindOfUnit(unit), cell: (item) => (resultsOf(item)?.[name] ?? null) as Cell };
}

/** A metric of a run that has a value. */
export type MetricOfRun = { readonly name: string; readonly unit: Unit; readonly value: number };

const UNITS: readonly (readonly [string, Unit])[] = [
  ...Object.entries(RELATIVE_RESULTS).map(([name, { unit }]) => [name, unit] as const),
  ...[...VM_RESULTS, ...RUN_ONLY_RESULTS].map(({ name, unit }) => [name, unit] as const),
];

/** Those among the results of a run, relative ones included, that have a value. */
export function metricsOfRuns(results: Results): MetricOfRun[] {
  return UNITS.flatMap(([name, unit]) => {
    const value = results[name];
    return typeof value === "number" ? [{ name, unit, value }] : [];
  });
}
