import type { Faults, Run } from "../../runs/index.ts";
import { showCount, showDuration } from "../output/quantities.ts";
import { type Column, formatTable } from "../output/table.ts";

const COLUMNS: readonly Column<Run>[] = [
  { title: "run", cell: (run) => run.id },
  { title: "scenario", cell: (run) => run.scenarioName },
  { title: "policy", cell: (run) => run.policyName },
  { title: "status", cell: (run) => run.status },
  { title: "events", align: "right", cell: (run) => showCount(run.headPosition) },
  { title: "simulated time", align: "right", cell: (run) => showDuration(run.headTimeNs) },
  { title: "faults", align: "right", cell: ({ faults }) => (faults === null ? "-" : showCount(faults.sum)) },
  { title: "guest minor/major", align: "right", cell: ({ faults }) => pair(faults?.guestMinor, faults?.guestMajor) },
  { title: "host minor/major", align: "right", cell: ({ faults }) => pair(faults?.hostMinor, faults?.hostMajor) },
  { title: "made (UTC)", cell: (run) => run.createdAt.toISOString().slice(0, 16).replace("T", " ") },
];

function pair(minor: number | undefined, major: number | undefined): string {
  return minor === undefined || major === undefined ? "-" : `${showCount(minor)}/${showCount(major)}`;
}

export function runTable(runs: readonly Run[]): string[] {
  return formatTable(COLUMNS, runs);
}

/** How one run ended, in sentences. */
export function runLines(run: Run): string[] {
  const rate = run.headTimeNs === 0 ? "" : `, ${showCount(run.accesses / (run.headTimeNs / 1e9))} accesses per simulated second`;
  return [
    `Run ${run.id} ${run.status}: scenario ${run.scenarioName}, policy ${run.policyName} ${run.policyVersion}, seed ${run.seed}`,
    `${showCount(run.headPosition)} events in ${showDuration(run.headTimeNs)} of simulated time${rate}`,
    ...(run.faults === null ? [] : [faultsLine(run.faults)]),
  ];
}

/** All kinds of faults; an access may have one of the guest and one of the host. */
export function faultsLine({ sum, guestMinor, guestMajor, hostMinor, hostMajor }: Faults): string {
  return (
    `Faults: ${showCount(sum)} (guest ${showCount(guestMinor)} minor and ${showCount(guestMajor)} major, ` +
    `host ${showCount(hostMinor)} minor and ${showCount(hostMajor)} major)`
  );
}
