import type { ComparisonEntry } from "./comparison.ts";
import type { RunMetrics } from "./run-metrics.ts";

const MAX_NAMED_VMS = 5;

/** What a reader of a comparison has to know before trusting a difference. */
export function comparisonNotes(entries: readonly ComparisonEntry[]): string[] {
  const notes = [
    "Every policy got the same scenario and seed, so that all of them met the same accesses. Another seed may give " +
      "another order: compare several before generalising.",
  ];
  for (const { label, run, metrics } of entries) {
    if (run === null) notes.push(`The run of ${label} was deleted.`);
    else if (run.status === "failed") notes.push(`The run of ${label} failed: ${run.error?.message ?? "no reason is known"}`);
    else if (run.status === "stopped") notes.push(`The run of ${label} was stopped before its end; it has no metrics.`);
    if (metrics === null) continue;
    const gone = [...killedVms(metrics), ...(metrics.vmsRefused > 0 ? [`${countVms(metrics.vmsRefused)} refused`] : [])];
    if (gone.length > 0) {
      notes.push(`Under ${label} ${gone.join(" and ")}: its accesses are fewer, and its other metrics are of less work.`);
    }
    const unfinished = unfinishedVms(metrics);
    if (unfinished.length > 0) {
      notes.push(`Under ${label} the run ended before the work of ${unfinished.join(", ")} was completed.`);
    }
  }
  return notes;
}

/** The VMs that were on to the end, but had work left; also those whose workload has no end. */
function unfinishedVms({ vms, vmsCompleted }: RunMetrics): string[] {
  if (vmsCompleted === null) return [];
  const left = vms.filter(({ workNs, endCause, simulatedNs }) => workNs === null && endCause === null && simulatedNs !== 0);
  const names = left.slice(0, MAX_NAMED_VMS).map(({ name, vm }) => `${name} (VM ${vm})`);
  return left.length > names.length ? [...names, `${left.length - names.length} more`] : names;
}

function killedVms({ vmsKilled }: RunMetrics): string[] {
  if (vmsKilled === null) return ["VMs were killed or stopped by a user (an earlier version did not tell these apart)"];
  return vmsKilled > 0 ? [`${countVms(vmsKilled)} killed`] : [];
}

function countVms(count: number): string {
  return count === 1 ? "1 VM was" : `${count} VMs were`;
}
