import type { RunMetrics } from "../../runs/index.ts";
import { completedVms } from "./same-work.ts";
import type { Variant } from "../experiment.ts";

/** Ways to have done less work than another variant under the same seed, each with what it counts; fewer is better. */
const WAYS: readonly (readonly [clause: string, of: (metrics: RunMetrics) => number])[] = [
  ["killed VMs", ({ vmsKilled }) => vmsKilled ?? 0],
  ["refused VMs", ({ vmsRefused }) => vmsRefused],
  ["left work undone", (metrics) => -completedVms(metrics).length],
];

/**
 * What keeps a variant from being called best, as a clause ("killed VMs under 2 of 3 seeds"); null: nothing. A policy that kills a VM, or
 * leaves one's work undone, which another under the same seed completes, is faster for that alone.
 */
export function disqualificationOf(variant: Variant, all: readonly Variant[]): string | null {
  const seeds = [...variant.cells.keys()];
  for (const [clause, of] of WAYS) {
    const worse = seeds.filter((seed) => {
      const fewest = Math.min(...all.flatMap((each) => countOf(each, seed, of) ?? []));
      return (countOf(variant, seed, of) ?? fewest) > fewest;
    });
    if (worse.length > 0) return `${clause} under ${seedsText(worse.length, seeds.length)}`;
  }
  return null;
}

/** Under how many seeds it has no result; null: under none. */
export function missingOf({ cells }: Variant): string | null {
  const missing = cells.filter(({ metrics }) => metrics === null).length;
  return missing === 0 ? null : `has no result under ${seedsText(missing, cells.length)}`;
}

/** Null of a run without a result. */
function countOf({ cells }: Variant, seed: number, of: (metrics: RunMetrics) => number): number | null {
  const metrics = cells[seed]?.metrics ?? null;
  return metrics === null ? null : of(metrics);
}

function seedsText(some: number, all: number): string {
  if (all === 1) return "the one seed";
  return some === all ? `each of ${all} seeds` : `${some} of ${all} seeds`;
}
