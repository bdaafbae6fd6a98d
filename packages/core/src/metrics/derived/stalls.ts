import { EXACT_VALUES, QuantileSketch } from "../quantile-sketch.ts";
import type { DerivedResults, RunOutcome, VmOutcome } from "./outcome.ts";

const WHAT =
  "A stall is what one access waits in all: for the host's swap, the guest's disk, decompression and direct reclaim (a read of the " +
  "guest's disk counts in whole microseconds, rounded up). Not in it: what the processor does for traps, faults, zeroing and copies, " +
  "suspensions, and waits outside of accesses (balloon driver, background reclaim). ";
const NOT_RECORDED = "Null where an earlier version did not record which host faults were those of accesses.";
const NULLS = `Null if no access stalled. ${NOT_RECORDED}`;
const EXACT = `Exact up to ${EXACT_VALUES} stalls, within 0.4 % beyond.`;

/** How long accesses waited. Of a run: over the accesses of all its VMs. */
export const stallResults = {
  stalledAccesses: {
    description: `Accesses that had to wait. ${NOT_RECORDED}`,
    unit: "count",
    better: "lower",
    ofVm: ({ observed }) => observed.stalls?.count ?? null,
  },
  stallNs: {
    description: `The stalls of all accesses in simulated ns, added up. ${WHAT}${NOT_RECORDED}`,
    unit: "ns",
    better: "lower",
    ofVm: ({ observed }) => observed.stalls?.sum ?? null,
  },
  stallP50Ns: percentile(50, "Half of the stalls are at most this long, in simulated ns."),
  stallP95Ns: percentile(95, "95 % of the stalls are at most this long, in simulated ns."),
  stallP99Ns: {
    ...percentile(99, "99 % of the stalls are at most this long, in simulated ns."),
    column: { title: "stall p99", rank: 45, legend: "99 % of the accesses that waited at all waited no longer" },
  },
  maxStallNs: {
    description: `The longest stall in simulated ns. ${NULLS}`,
    unit: "ns",
    better: "lower",
    ofVm: (vm) => maxOf(vm.observed.stalls),
    ofRun: (run) => maxOf(stallsOfRun(run)),
  },
} as const satisfies DerivedResults;

function percentile(percent: number, what: string) {
  return {
    description: `${what} ${EXACT} ${NULLS}`,
    unit: "ns",
    better: "lower",
    ofVm: (vm: VmOutcome) => vm.observed.stalls?.percentile(percent) ?? null,
    ofRun: (run: RunOutcome) => stallsOfRun(run)?.percentile(percent) ?? null,
  } as const;
}

/** Of all its VMs; null if those of one are not known. */
function stallsOfRun({ vms }: RunOutcome): QuantileSketch | null {
  const all = new QuantileSketch();
  for (const { observed } of vms) {
    if (observed.stalls === null) return null;
    all.merge(observed.stalls);
  }
  return all;
}

function maxOf(stalls: QuantileSketch | null): number | null {
  return stalls === null || stalls.count === 0 ? null : stalls.max;
}
