import type { Run, RunMetrics, RunReader, VmMetrics } from "../runs/index.ts";
import { runResultColumns, vmResultColumns } from "./result-columns.ts";
import { fileFacts } from "./run-facts.ts";
import { type ExportTable, type ItemColumn, tableOf } from "./table.ts";

type RunWithMetrics = { readonly run: Run; readonly metrics: RunMetrics | null };
type VmOfRun = { readonly run: Run; readonly vm: VmMetrics };

/** What a run was made of. */
function inputColumns<Item extends { readonly run: Run }>(): ItemColumn<Item>[] {
  return [
    { name: "run", kind: "text", isRequired: true, cell: ({ run }) => run.id },
    { name: "scenario", kind: "name", isRequired: true, cell: ({ run }) => run.scenarioName },
    { name: "policy", kind: "name", isRequired: true, cell: ({ run }) => run.policyName },
    { name: "policyVersion", kind: "name", isRequired: true, cell: ({ run }) => run.policyVersion },
    { name: "parameters", kind: "json", isRequired: true, cell: ({ run }) => JSON.stringify(run.parameters) },
    { name: "seed", kind: "integer", isRequired: true, cell: ({ run }) => run.seed },
    { name: "status", kind: "name", isRequired: true, cell: ({ run }) => run.status },
  ];
}

const RUN_COLUMNS: readonly ItemColumn<RunWithMetrics>[] = [
  ...inputColumns<RunWithMetrics>(),
  { name: "error", kind: "name", cell: ({ run }) => run.error?.code ?? null },
  { name: "experiment", kind: "name", cell: ({ run }) => run.experimentId },
  { name: "createdAt", kind: "text", isRequired: true, cell: ({ run }) => run.createdAt.toISOString() },
  { name: "startedAt", kind: "text", cell: ({ run }) => run.startedAt?.toISOString() ?? null },
  { name: "finishedAt", kind: "text", cell: ({ run }) => run.finishedAt?.toISOString() ?? null },
  { name: "events", kind: "integer", isRequired: true, cell: ({ run }) => run.headPosition },
  { name: "digest", kind: "text", isRequired: true, cell: ({ run }) => run.digest },
  ...runResultColumns<RunWithMetrics>(({ metrics }) => metrics),
  { name: "minFaults", kind: "integer", cell: ({ metrics }) => metrics?.faultBound?.minFaults ?? null },
];

const VM_COLUMNS: readonly ItemColumn<VmOfRun>[] = [
  ...inputColumns<VmOfRun>(),
  { name: "vm", kind: "integer", isRequired: true, cell: ({ vm }) => vm.vm },
  { name: "name", kind: "name", isRequired: true, cell: ({ vm }) => vm.name },
  { name: "endCause", kind: "name", cell: ({ vm }) => vm.endCause },
  { name: "killed", kind: "boolean", cell: ({ vm }) => vm.killed },
  ...vmResultColumns<VmOfRun>(({ vm }) => vm),
];

type Runs = AsyncIterable<Run> | Iterable<Run>;

/** Runs with their results, one per row; a run that has not ended has none yet. */
export function runTable(reader: RunReader, runs: Runs): ExportTable {
  return tableOf(RUN_COLUMNS, withMetrics(reader, runs), fileFacts("runs"));
}

/** The VMs of runs that have ended with their results, one per row. */
export function vmTable(reader: RunReader, runs: Runs): ExportTable {
  return tableOf(VM_COLUMNS, vmsOf(reader, runs), fileFacts("vms"));
}

async function* withMetrics(reader: RunReader, runs: Runs): AsyncGenerator<RunWithMetrics, void, void> {
  for await (const run of runs) yield { run, metrics: run.faults === null ? null : await reader.getMetrics(run.id) };
}

async function* vmsOf(reader: RunReader, runs: Runs): AsyncGenerator<VmOfRun, void, void> {
  for await (const { run, metrics } of withMetrics(reader, runs)) {
    for (const vm of metrics?.vms ?? []) yield { run, vm };
  }
}
