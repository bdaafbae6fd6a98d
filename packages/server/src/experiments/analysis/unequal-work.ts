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
 * What keeps variants from being called best, each as a clause ("killed VMs under 2 of 3 seeds"). A policy that kills a VM, or leaves one's
 * work undone, which another under the same seed completes, is faster for that alone.
 */
export function disqualifications(variants: readonly Variant[]): ReadonlyMap<Variant, string> {
  const found = new Map<Variant, string>();
  for (const [clause, of] of WAYS) {
    const counts = variants.map(({ cells }) => cells.map(({ metrics }) => (metrics === null ? null : of(metrics))));
    const fewest = (counts[0] ?? []).map((_count, seed) => counts.reduce((min, row) => Math.min(min, row[seed] ?? Infinity), Infinity));
    for (const [place, variant] of variants.entries()) {
      const worse = fewest.filter((min, seed) => (counts[place]?.[seed] ?? min) > min).length;
      if (worse > 0 && !found.has(variant)) found.set(variant, `${clause} under ${seedsText(worse, variant.cells.length)}`);
    }
  }
  return found;
}

/** Under how many seeds it has no result; null: under none. */
export function missingOf({ cells }: Variant): string | null {
  const missing = cells.filter(({ metrics }) => metrics === null).length;
  return missing === 0 ? null : `has no result under ${seedsText(missing, cells.length)}`;
}

function seedsText(some: number, all: number): string {
  if (all === 1) return "the one seed";
  return some === all ? `each of ${all} seeds` : `${some} of ${all} seeds`;
}
