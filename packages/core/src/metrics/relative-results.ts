import { assert } from "../assert/index.ts";
import { geometricMean } from "./geometric-mean.ts";
import type { Declared, Result } from "./metric.ts";

/** What is compared of a VM. */
export type ComparableVm = {
  readonly vm: number;
  readonly name: string;
  /** Its weight against other VMs; null where it is not known. */
  readonly shares: number | null;
  /** Whether it was terminated because memory ran out; null where an earlier version did not store why it was terminated. */
  readonly killed: boolean | null;
  readonly workNs: number | null;
  /** 0 if it was not admitted. */
  readonly simulatedNs: number | null;
  readonly accesses: number;
};

/** What is compared of a run. */
export type ComparableRun = { readonly vms: readonly ComparableVm[] };

/**
 * Why a VM has no slowdown. `idle`: it makes no accesses and has no end, so that nothing can be slowed down. The others are failures:
 * it was killed, it did not start (admission refused it), it made no progress, or it is not known what became of it.
 */
export type NoSlowdown = "idle" | "killed" | "notStarted" | "noProgress" | "notKnown";

export type VmSlowdown = {
  readonly vm: number;
  readonly name: string;
  /** 2: the VM took twice the time. Null if there is none; `missing` says why. */
  readonly slowdown: number | null;
  /** Of what it is the ratio; null if there is none. */
  readonly basis: "workTime" | "accessRate" | null;
  readonly missing: NoSlowdown | null;
};

/** Results of a run beside the run of the same VMs and seed without overcommitment. */
export type RelativeResults = { readonly [Name in RelativeResultName]: number | null } & { readonly vms: readonly VmSlowdown[] };

export type RelativeResultName = keyof typeof RELATIVE_RESULTS;

type RelativeResult = Declared &
  Result & { readonly of: (vms: readonly VmSlowdown[], shares: readonly (number | null)[]) => number | null };

const WHERE_NULL = "Null if a VM was killed, was not admitted or made no progress (`vmsWithoutSlowdown`): such a run is no faster for it.";

export const RELATIVE_RESULTS = {
  slowdown: {
    description:
      "The geometric mean of the slowdowns of the VMs. A VM's slowdown is its work time over that of the same VM, under the same seed, on " +
      "a host with memory for all VMs; of a VM whose work was not completed in both, the accesses per second of its simulated time there " +
      `over those here. VMs that make no accesses and have no end are left out. ${WHERE_NULL}`,
    unit: "ratio",
    better: "lower",
    column: {
      title: "slowdown",
      rank: 5,
      legend: "time of a VM over its time on a host with memory for all, the geometric mean over the VMs",
    },
    of: (vms) => (isWhole(vms) && slowdownsOf(vms).length > 0 ? geometricMean(slowdownsOf(vms)) : null),
  },
  worstSlowdown: {
    description: `The largest slowdown of a VM. ${WHERE_NULL}`,
    unit: "ratio",
    better: "lower",
    column: { title: "worst slowdown", rank: 6, legend: "the largest slowdown of a VM" },
    of: (vms) => (isWhole(vms) && slowdownsOf(vms).length > 0 ? Math.max(...slowdownsOf(vms)) : null),
  },
  fairness: {
    description:
      "Jain's index of x = shares x slowdown over the VMs, (sum x)^2 / (n sum x^2) (R. Jain, D. Chiu, W. Hawe, DEC-TR-301, 1984): 1 if slowdowns are " +
      "in inverse proportion to shares, 1/n at worst. With equal shares it is the index of the slowdowns. With unequal ones it is below " +
      "1 on a host without pressure, where all slowdowns are 1. Null if shares are not known. " +
      WHERE_NULL,
    unit: "ratio",
    better: "higher",
    column: { title: "fairness", rank: 7, legend: "Jain's index of the VMs' slowdowns times their shares, from 1/n to 1" },
    of: (vms, shares) => (isWhole(vms) ? jainIndex(weightedSlowdowns(vms, shares)) : null),
  },
  vmsWithoutSlowdown: {
    description: "VMs that have no slowdown because they were killed, were not admitted or made no progress, or because that is not known.",
    unit: "vms",
    better: "lower",
    of: (vms) => vms.filter(isFailed).length,
  },
} as const satisfies Readonly<Record<string, RelativeResult>>;

/** A run against the run of the same scenario and seed without overcommitment, VM by VM, by number and name. */
export function relativeResults(run: ComparableRun, uncommitted: ComparableRun): RelativeResults {
  const vms = run.vms.map((vm) => slowdownOf(vm, baseOf(vm, uncommitted)));
  const shares = run.vms.map((vm) => vm.shares);
  const values = Object.entries<RelativeResult>(RELATIVE_RESULTS).map(([name, { of }]) => [name, of(vms, shares)]);
  return { ...(Object.fromEntries(values) as Record<RelativeResultName, number | null>), vms };
}

/**
 * The smallest slowdown that at least `percent` per cent of the VMs do not exceed (the nearest rank); `percent` is a whole number from 1
 * to 100. A VM that was killed, was not admitted or made no progress exceeds any. Infinity if such a VM decides; null if all are idle.
 */
export function slowdownPercentile({ vms }: Pick<RelativeResults, "vms">, percent: number): number | null {
  assert(Number.isInteger(percent) && percent >= 1 && percent <= 100, () => `no percentile ${percent}`);
  const slowdowns = [...slowdownsOf(vms), ...vms.filter(isFailed).map(() => Infinity)].sort((left, right) => left - right);
  return slowdowns.length === 0 ? null : slowdowns[Math.ceil((percent * slowdowns.length) / 100) - 1];
}

function baseOf({ vm, name }: ComparableVm, uncommitted: ComparableRun): ComparableVm | undefined {
  return uncommitted.vms.find((other) => other.vm === vm && other.name === name);
}

function slowdownOf(vm: ComparableVm, base: ComparableVm | undefined): VmSlowdown {
  const { vm: number, name } = vm;
  const missing = (reason: NoSlowdown): VmSlowdown => ({ vm: number, name, slowdown: null, basis: null, missing: reason });
  const of = (slowdown: number, basis: "workTime" | "accessRate"): VmSlowdown => ({ vm: number, name, slowdown, basis, missing: null });
  if (vm.killed === true) return missing("killed");
  if (base === undefined || vm.killed === null || base.killed !== false) return missing("notKnown");
  if (vm.simulatedNs === null || base.simulatedNs === null) return missing("notKnown");
  if (vm.simulatedNs === 0 && base.simulatedNs > 0) return missing("notStarted");
  if (vm.workNs !== null && base.workNs !== null && base.workNs > 0) return of(vm.workNs / base.workNs, "workTime");
  if (base.accesses === 0 || base.simulatedNs === 0) return missing("idle");
  if (vm.accesses === 0) return missing("noProgress");
  return of((base.accesses * vm.simulatedNs) / (vm.accesses * base.simulatedNs), "accessRate");
}

function isFailed({ missing }: VmSlowdown): boolean {
  return missing !== null && missing !== "idle";
}

/** Whether every VM that does anything has a slowdown. */
function isWhole(vms: readonly VmSlowdown[]): boolean {
  return !vms.some(isFailed);
}

function slowdownsOf(vms: readonly VmSlowdown[]): number[] {
  return vms.flatMap(({ slowdown }) => slowdown ?? []);
}

/** Null if the shares of a VM with a slowdown are not known. */
function weightedSlowdowns(vms: readonly VmSlowdown[], shares: readonly (number | null)[]): number[] | null {
  const weighted: number[] = [];
  for (const [index, { slowdown }] of vms.entries()) {
    if (slowdown === null) continue;
    const weight = shares[index];
    if (weight === null) return null;
    weighted.push(weight * slowdown);
  }
  return weighted;
}

function jainIndex(values: readonly number[] | null): number | null {
  if (values === null || values.length === 0) return null;
  const sum = values.reduce((total, value) => total + value, 0);
  return (sum * sum) / (values.length * values.reduce((total, value) => total + value * value, 0));
}
