import type { SeedVariation } from "@ballast/core/scenario";
import type { RunMetrics } from "../runs/index.ts";
import { seedNote } from "./analysis/seed-note.ts";
import { comparedVariants, type Experiment, type Variant } from "./experiment.ts";

const MAX_NAMED_VMS = 5;
const MAX_NAMED_SEEDS = 8;

/** What a reader of an experiment has to know before trusting a difference; `seeded` is what its seeds vary, if that is known. */
export function experimentNotes(experiment: Pick<Experiment, "seeds" | "variants">, seeded?: SeedVariation): string[] {
  const { seeds } = experiment;
  const isOneSeed = seeds.length === 1;
  const notes = [
    isOneSeed
      ? "Every policy got the same scenario and seed, so that all of them met the same accesses. Another seed may give " +
        "another order: compare several before generalising."
      : `Every variant got the same scenario and the same ${seeds.length} seeds, so that under a seed all of them met the same accesses.`,
  ];
  const varied = isOneSeed || seeded === undefined ? [] : [seedNote(seeded)];
  return [...notes, ...varied, ...comparedVariants(experiment).flatMap(notesOf)];
}

/** What is to be said of a run, but for whose it is. */
type Finding = { readonly before: string; readonly after: string };

/** What holds for several seeds is said once. */
function notesOf({ label, cells }: Variant): string[] {
  const seedsByFinding = new Map<string, { readonly finding: Finding; readonly seeds: number[] }>();
  for (const { seed, run, metrics } of cells) {
    for (const finding of [...runFindings(run), ...(metrics === null ? [] : metricsFindings(metrics))]) {
      const key = JSON.stringify(finding);
      const known = seedsByFinding.get(key) ?? { finding, seeds: [] };
      known.seeds.push(seed);
      seedsByFinding.set(key, known);
    }
  }
  return [...seedsByFinding.values()].map(
    ({ finding, seeds }) => `${finding.before} ${label}${withSeeds(seeds, cells.length)}${finding.after}`,
  );
}

function withSeeds(seeds: readonly number[], all: number): string {
  if (all === 1) return "";
  if (seeds.length === all) return ` with all ${all} seeds`;
  const named = seeds.slice(0, MAX_NAMED_SEEDS).join(", ");
  const rest = seeds.length - MAX_NAMED_SEEDS;
  return ` with ${seeds.length === 1 ? "seed" : "the seeds"} ${named}${rest > 0 ? ` and ${rest} more` : ""}`;
}

function runFindings(run: Variant["cells"][number]["run"]): Finding[] {
  if (run === null) return [{ before: "The run of", after: " was deleted." }];
  if (run.status === "failed") return [{ before: "The run of", after: ` failed: ${run.error?.message ?? "no reason is known"}` }];
  return run.status === "stopped" ? [{ before: "The run of", after: " was stopped before its end; it has no metrics." }] : [];
}

function metricsFindings(metrics: RunMetrics): Finding[] {
  const findings: Finding[] = [];
  const gone = [...killedVms(metrics), ...(metrics.vmsRefused > 0 ? [`${countVms(metrics.vmsRefused)} refused`] : [])];
  if (gone.length > 0) {
    findings.push({ before: "Under", after: ` ${gone.join(" and ")}: its accesses are fewer, and its other metrics are of less work.` });
  }
  const unfinished = unfinishedVms(metrics);
  if (unfinished.length > 0) {
    findings.push({ before: "Under", after: ` the run ended before the work of ${unfinished.join(", ")} was completed.` });
  }
  return findings;
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
