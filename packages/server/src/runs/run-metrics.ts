import { byNumber, isOutOfMemory, valueOf, VmEnd } from "@ballast/core/events";
import type { FaultBound } from "@ballast/core/kernel";
import { Counter, type MachineTables, VmLife, type VmTables } from "@ballast/core/memory";
import { runResults, type RunResults, type VmOutcome, vmResults, type VmResults } from "@ballast/core/metrics";
import type { RunObserver } from "@ballast/core/projections";

export type VmEndName = keyof typeof VmEnd;
const END_NAMES = byNumber(VmEnd, {
  HostOutOfFrames: "HostOutOfFrames",
  GuestOutOfMemory: "GuestOutOfMemory",
  StoppedByUser: "StoppedByUser",
} as const);

/**
 * The results of a VM, as `core/metrics` declares them. Counts are since the run began; pages are of 4 KiB. A result that can
 * be null is so where an earlier version stored the metrics without it.
 */
export type VmMetrics = VmResults & {
  /** The VM's number within the run, from 1. */
  readonly vm: number;
  readonly name: string;
  /** Why it was terminated; null if it was not. */
  readonly endCause: VmEndName | null;
  /** Whether it was terminated because memory ran out; null where an earlier version stored that it was terminated, and not why. */
  readonly killed: boolean | null;
  /** Its weight against other VMs; null of one that the scenario does not have, and where an earlier version stored the metrics. */
  readonly shares: number | null;
};

/** The results of a run; `vmsKilled` is null where an earlier version may have counted VMs that a user stopped. */
export type RunMetrics = RunResults & {
  /** The run's faults beside the fewest that were possible; null if they were not measured. */
  readonly faultBound: FaultBound | null;
  readonly vms: readonly VmMetrics[];
};

/**
 * The results of a run from its tables and from what was observed of its events, so that the events alone give them again;
 * the bound on its faults takes a re-execution. Accesses are those of each VM's last sample, which is taken when it is
 * terminated, or when the run ends.
 */
export function summariseRun(machine: MachineTables, observer: RunObserver, faultBound: FaultBound | null): RunMetrics {
  const outcomes = machine.vms.map((vm) => outcomeOf(machine, vm, observer));
  const shares = sharesByName(machine);
  const vms = machine.vms.map((vm, index): VmMetrics => {
    return { ...vmResults(outcomes[index]!), ...identityOf(machine, vm), shares: shares.get(machine.text(vm.nameText)) ?? null };
  });
  const workTimesNs = vms.flatMap(({ workNs }) => (workNs === null ? [] : [workNs]));
  const run = { timeNs: machine.timeNs, vms: outcomes, workTimesNs, observed: observer.ofRun(machine.timeNs) };
  return { ...runResults(run, vms), faultBound, vms };
}

/** The scenario is recorded as the run's first event; under one-level mapping it has no VMs. */
function sharesByName(machine: MachineTables): ReadonlyMap<string, number> {
  const text = machine.text(machine.scenarioText);
  const { vms = [] } = (text === "" ? {} : JSON.parse(text)) as {
    readonly vms?: readonly { readonly name: string; readonly shares: number }[];
  };
  return new Map(vms.map(({ name, shares }) => [name, shares]));
}

function identityOf(machine: MachineTables, vm: VmTables): Omit<VmMetrics, keyof VmResults | "shares"> {
  const isTerminated = vm.life === VmLife.Terminated;
  return {
    vm: vm.vm,
    name: machine.text(vm.nameText),
    endCause: isTerminated ? valueOf(END_NAMES, vm.endCause, "the cause of a VM's end") : null,
    killed: isTerminated && isOutOfMemory(vm.endCause),
  };
}

function outcomeOf(machine: MachineTables, vm: VmTables, observer: RunObserver): VmOutcome {
  return {
    counter: (name) => vm.counters[Counter[name]]!,
    isWorkDone: vm.isWorkDone,
    ending: endingOf(vm),
    simulatedNs: timeOf(machine, vm),
    observed: observer.ofVm(vm.vm, machine.timeNs),
  };
}

function endingOf({ life, endCause }: VmTables): VmOutcome["ending"] {
  if (life === VmLife.Refused) return "refused";
  if (life !== VmLife.Terminated) return null;
  return isOutOfMemory(endCause) ? "killed" : "stopped";
}

/** Of a VM that was not switched on: 0. */
function timeOf({ timeNs }: MachineTables, vm: VmTables): number {
  if (vm.life === VmLife.Refused || vm.life === VmLife.Admitted) return 0;
  if (vm.isWorkDone) return vm.counters[Counter.workNs]!;
  return (vm.life === VmLife.Terminated ? vm.terminatedNs : timeNs) - vm.startedNs;
}
