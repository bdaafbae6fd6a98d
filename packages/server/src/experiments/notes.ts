import type { RunMetrics } from "../runs/index.ts";
import { comparedVariants, type Experiment, type Variant } from "./experiment.ts";

const MAX_NAMED_VMS = 5;

/** What a reader of an experiment has to know before trusting a difference. */
export function experimentNotes(experiment: Pick<Experiment, "seeds" | "variants">): string[] {
  const { seeds } = experiment;
  const isOneSeed = seeds.length === 1;
  const notes = [
    isOneSeed
      ? "Every policy got the same scenario and seed, so that all of them met the same accesses. Another seed may give " +
        "another order: compare several before generalising."
      : `Every variant got the same scenario and the same ${seeds.length} seeds, so that under a seed all of them met the same accesses.`,
  ];
  return [...notes, ...comparedVariants(experiment).flatMap((variant) => notesOf(variant, isOneSeed))];
}

function notesOf({ label, cells }: Variant, isOneSeed: boolean): string[] {
  return cells.flatMap(({ seed, run, metrics }) => {
    const under = isOneSeed ? label : `${label} with seed ${seed}`;
    return [...runNotes(under, run), ...(metrics === null ? [] : metricsNotes(under, metrics))];
  });
}

function runNotes(under: string, run: Variant["cells"][number]["run"]): string[] {
  if (run === null) return [`The run of ${under} was deleted.`];
  if (run.status === "failed") return [`The run of ${under} failed: ${run.error?.message ?? "no reason is known"}`];
  return run.status === "stopped" ? [`The run of ${under} was stopped before its end; it has no metrics.`] : [];
}

function metricsNotes(under: string, metrics: RunMetrics): string[] {
  const notes: string[] = [];
  const gone = [...killedVms(metrics), ...(metrics.vmsRefused > 0 ? [`${countVms(metrics.vmsRefused)} refused`] : [])];
  if (gone.length > 0) notes.push(`Under ${under} ${gone.join(" and ")}: its accesses are fewer, and its other metrics are of less work.`);
  const unfinished = unfinishedVms(metrics);
  if (unfinished.length > 0) notes.push(`Under ${under} the run ended before the work of ${unfinished.join(", ")} was completed.`);
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
