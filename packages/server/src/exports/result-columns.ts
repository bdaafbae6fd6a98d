import { type ResultDescription, type Unit, RUN_ONLY_RESULTS, VM_RESULTS } from "@ballast/core/metrics";
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
