import type { Faults, Run, RunMetrics, RunSortKey } from "@ballast/server/runs";
import { showCount, showDuration } from "@ballast/core/quantities";
import { fittingTable } from "../output/fitting-table.ts";
import type { Column } from "../output/table.ts";

const COLUMNS: readonly Column<Run>[] = [
  { title: "run", cell: (run) => run.id },
  { title: "scenario", cell: (run) => run.scenarioName },
  { title: "policy", cell: (run) => run.policyName },
  { title: "status", cell: (run) => run.status },
  { title: "events", align: "right", cell: (run) => showCount(run.headPosition) },
  { title: "simulated time", align: "right", cell: (run) => showDuration(run.headTimeNs) },
  { title: "faults", align: "right", cell: ({ faults }) => (faults === null || faults.all === null ? "-" : showCount(faults.all)) },
  { title: "guest minor/major", align: "right", cell: ({ faults }) => pair(faults?.guestMinor, faults?.guestMajor) },
  { title: "host minor/major", align: "right", cell: ({ faults }) => pair(faults?.hostMinor, faults?.hostMajor) },
  { title: "made (UTC)", cell: ({ createdAt }) => showMinute(createdAt) },
];

function pair(minor: number | undefined, major: number | undefined): string {
  return minor === undefined || major === undefined ? "-" : `${showCount(minor)}/${showCount(major)}`;
}

/** What a list is sorted by stands at its end, where the other columns do not show it. */
const SORT_COLUMNS: Partial<Readonly<Record<RunSortKey, Column<Run>>>> = {
  workTime: { title: "work time", align: "right", cell: ({ workNs }) => (workNs === null ? "-" : showDuration(workNs)) },
  accesses: { title: "accesses", align: "right", cell: ({ accesses }) => showCount(accesses) },
  finished: { title: "finished (UTC)", cell: ({ finishedAt }) => (finishedAt === null ? "-" : showMinute(finishedAt)) },
};

function showMinute(date: Date): string {
  return date.toISOString().slice(0, 16).replace("T", " ");
}

export function runTable(runs: readonly Run[], sortedBy: RunSortKey, width?: number): string[] {
  const column = SORT_COLUMNS[sortedBy];
  return fittingTable(column === undefined ? COLUMNS : [...COLUMNS, column], runs, width);
}

/** How one run ended, in sentences. */
export function runLines(run: Run, metrics: RunMetrics | null): string[] {
  return [
    `Run ${run.id} ${run.status}: scenario ${run.scenarioName}, policy ${run.policyName} ${run.policyVersion}, seed ${run.seed}`,
    `${showCount(run.headPosition)} events${run.keeps === "figures" ? " (not kept)" : ""} in ${showDuration(run.headTimeNs)} of simulated time`,
    ...(metrics === null ? [] : [workLine(metrics)]),
    ...(run.faults === null ? [] : [faultsLine(run.faults, metrics?.faultBound?.minFaults ?? null)]),
  ];
}

function workLine({ workNs, slowestWorkNs, vmsCompleted, vms, accesses, accessesPerSecond }: RunMetrics): string {
  const rate = accessesPerSecond === null ? "" : `; ${showCount(accesses)} accesses, ${showCount(accessesPerSecond)} per second`;
  if (vmsCompleted === null) return `Work time: not kept by the version of Ballast that executed the run; ${showCount(accesses)} accesses`;
  if (workNs === null || slowestWorkNs === null) return `No VM completed its work${rate}`;
  const slowest = vmsCompleted === 1 ? "" : `, the slowest ${showDuration(slowestWorkNs)}`;
  return `Work time ${showDuration(workNs)} in ${vmsCompleted} of ${vms.length} VMs${slowest}${rate}`;
}

/** `least`: as few as were possible, if that is known. Of the kinds, an access may have one of the guest and one of the host. */
export function faultsLine({ all, guestMinor, guestMajor, hostMinor, hostMajor }: Faults, min: number | null = null): string {
  const bound = min === null ? "" : `, least possible ${showCount(min)}`;
  return (
    `Faults: ${all === null ? "not kept by the version of Ballast that executed the run" : showCount(all)}${bound} (guest ${showCount(guestMinor)} minor and ` +
    `${showCount(guestMajor)} major, host ${showCount(hostMinor)} minor and ${showCount(hostMajor)} major)`
  );
}

/** How far a run is that takes commands. */
export function stateLine({ id, status, headPosition, headTimeNs }: Run): string {
  const time = showDuration(headTimeNs);
  return `Run ${id} is ${status} after event ${showCount(headPosition)}, at ${time} of simulated time`;
}
