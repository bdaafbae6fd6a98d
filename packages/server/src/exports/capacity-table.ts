import type { CapacityAnswer, CapacityPoint } from "../experiments/capacity/index.ts";
import { fileFacts } from "./run-facts.ts";
import { type Cell, type ExportTable, type ItemColumn, tableOf } from "./table.ts";

type Walked = { readonly label: string; readonly point: CapacityPoint };

/** The curve that a search walked: a row for each policy and number of VMs or frames. A slowdown without bound has no value. */
export function capacityTable(answer: CapacityAnswer): ExportTable {
  const { vary, scenarioName, maxSlowdown, percentile, seeds, policies } = answer;
  const columns: ItemColumn<Walked>[] = [
    { name: "policy", kind: "name", isRequired: true, cell: ({ label }) => label },
    { name: vary, kind: "integer", isRequired: true, cell: ({ point }) => point.value },
    { name: "slowdown", kind: "number", cell: ({ point }) => finite(point.mean) },
    { name: "low", kind: "number", cell: ({ point }) => finite(point.low) },
    { name: "high", kind: "number", cell: ({ point }) => finite(point.high) },
    { name: "keeps", kind: "boolean", isRequired: true, cell: ({ point }) => point.keeps },
    { name: "vmsLost", kind: "integer", isRequired: true, cell: ({ point }) => point.vmsLost },
    { name: "experiment", kind: "name", isRequired: true, cell: ({ point }) => point.experimentId },
  ];
  const rows = policies.flatMap(({ label, points }) => points.map((point): Walked => ({ label, point })));
  return tableOf(columns, rows, {
    ...fileFacts("capacity"),
    "ballast.scenario": scenarioName,
    "ballast.maxSlowdown": String(maxSlowdown),
    "ballast.percentile": String(percentile),
    "ballast.seeds": seeds.join(","),
  });
}

function finite(slowdown: number): Cell {
  return Number.isFinite(slowdown) ? slowdown : null;
}
