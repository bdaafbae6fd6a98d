import type { Run } from "../../runs/index.ts";
import { showCount, showDuration } from "../output/quantities.ts";
import { type Column, formatTable } from "../output/table.ts";

const COLUMNS: readonly Column<Run>[] = [
  { title: "run", cell: (run) => run.id },
  { title: "scenario", cell: (run) => run.scenarioName },
  { title: "policy", cell: (run) => run.policyName },
  { title: "status", cell: (run) => run.status },
  { title: "events", align: "right", cell: (run) => showCount(run.headPosition) },
  { title: "simulated time", align: "right", cell: (run) => showDuration(run.headTimeNs) },
  { title: "made (UTC)", cell: (run) => run.createdAt.toISOString().slice(0, 16).replace("T", " ") },
];

export function runTable(runs: readonly Run[]): string[] {
  return formatTable(COLUMNS, runs);
}

/** How one run ended, in sentences. */
export function runLines(run: Run): string[] {
  const rate = run.headTimeNs === 0 ? "" : `, ${showCount(run.accesses / (run.headTimeNs / 1e9))} accesses per simulated second`;
  return [
    `Run ${run.id} ${run.status}: scenario ${run.scenarioName}, policy ${run.policyName} ${run.policyVersion}, seed ${run.seed}`,
    `${showCount(run.headPosition)} events in ${showDuration(run.headTimeNs)} of simulated time${rate}`,
  ];
}
