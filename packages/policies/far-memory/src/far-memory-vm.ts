import { NS_PER_MS, NS_PER_S, type StealPages, type VmObservation } from "@ballast/core/policy";
import { accessedBetween, add, type Ages, everyAge, grow, oldest, proportional, subtract, sumFrom } from "./age-histogram.ts";
import type { Settings } from "./parameters.ts";
import { bestThreshold, type Bests, noteBest, percentileOf } from "./threshold.ts";

/** What is kept of a VM between two scans. */
export type FarVm = {
  readonly vm: number;
  readonly firstSeenNs: number;
  readonly scannedNs: number;
  /** Its pages in near memory, without those taken since the scan. */
  readonly near: Ages;
  /** Its pages in far memory, by the ages that they would have: estimated. */
  readonly far: Ages;
  /** How many those were at the scan, those taken since included. */
  readonly farPages: number;
  readonly bests: Bests;
};

export type Scan = { readonly known: FarVm; readonly decisions: readonly StealPages[] };

/** The first scan that shows a VM: nothing is known of what it accesses. */
export function meet(vm: VmObservation, timeNs: number): Scan {
  const near = everyAge(vm.pageAges ?? []);
  const far = everyAge([]);
  const known = { vm: vm.vm, firstSeenNs: timeNs, scannedNs: timeNs, near, far, farPages: farPagesOf(vm), bests: [] };
  return { known, decisions: [] };
}

/** A later scan: finds the threshold that would have been best, chooses one, and sends what is colder to far memory. */
export function scan(before: FarVm, vm: VmObservation, timeNs: number, settings: Settings): Scan {
  const near = everyAge(vm.pageAges ?? []);
  const promotedFar = proportional(before.far, before.farPages - farPagesOf(vm));
  const promotions = add(accessedBetween(before.near, near), promotedFar);
  const workingSetPages = near[0] ?? 0;
  const minutes = (timeNs - before.scannedNs) / (60 * NS_PER_S);
  const best = bestThreshold(promotions, settings.promotionRate * workingSetPages * minutes);
  const bests = noteBest(before.bests, best);
  const far = grow(subtract(before.far, promotedFar));
  const known = { ...before, scannedNs: timeNs, near, far, farPages: farPagesOf(vm), bests };
  if (timeNs - before.firstSeenNs < settings.startMs * NS_PER_MS) return { known, decisions: [] };
  const thresholdScans = Math.max(percentileOf(bests, settings.percentile), best);
  return demote(known, vm, thresholdScans, { promotedPages: sumFrom(promotions, thresholdScans), workingSetPages });
}

function demote(
  known: FarVm,
  vm: VmObservation,
  thresholdScans: number,
  seen: { readonly promotedPages: number; readonly workingSetPages: number },
): Scan {
  const { residentPages, reservationPages } = vm;
  const spare = Math.max(0, residentPages - reservationPages);
  const count = Math.min(sumFrom(known.near, thresholdScans), spare);
  if (count === 0) return { known, decisions: [] };
  const steal: StealPages = {
    kind: "StealPages",
    vm: vm.vm,
    take: { count, order: "age", minimumAgeScans: thresholdScans },
    into: "compression",
    reason: "cold beyond the threshold",
    figures: { thresholdScans, ...seen },
  };
  return { known: leave(known, oldest(known.near, count)), decisions: [steal] };
}

/** Pages taken at random, when no frame was free: which ages they had is not known, so they are of all. */
export function leaveAtRandom(known: FarVm, count: number): FarVm {
  return leave(known, proportional(known.near, count));
}

function leave(known: FarVm, taken: Ages): FarVm {
  const { near, far, farPages } = known;
  return { ...known, near: subtract(near, taken), far: add(far, taken), farPages: farPages + sumFrom(taken, 0) };
}

function farPagesOf({ compression, swappedPages }: VmObservation): number {
  return (compression?.compressedPages ?? 0) + swappedPages;
}
