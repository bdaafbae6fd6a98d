import { byNumber, isOutOfMemory, valueOf, VmEnd } from "@ballast/core/events";
import type { FaultBound } from "@ballast/core/kernel";
import { Counter, type CounterName, faultsOf, type MachineTables, TRAP_COUNTERS, VmLife, type VmTables } from "@ballast/core/memory";
import { NS_PER_S } from "@ballast/core/units";
import type { BalloonPeaks } from "./balloon-peaks.ts";

export type VmEndName = keyof typeof VmEnd;
const END_NAMES = byNumber(VmEnd, {
  HostOutOfFrames: "HostOutOfFrames",
  GuestOutOfMemory: "GuestOutOfMemory",
  StoppedByUser: "StoppedByUser",
} as const);

/**
 * What is compared between policies. Counts are since the run began; pages are of 4 KiB. A figure that can be null is so
 * where an earlier version stored the figures without it.
 */
export type Figures = {
  /**
   * Work time of a VM: from its start to the end of its workload, that is of the last access or idle phase of its last
   * process, with all waits and all time it was blocked. Null if its work was not completed: it was terminated before, or
   * the run ended, or its workload has no end. Of a run: of the VMs whose work was completed, added up; null if there is none.
   */
  readonly workNs: number | null;
  /**
   * Of a VM: from its start to the end of its work, to its termination, or to the end of the run, whichever came first. Of a
   * run: the time of its last event.
   */
  readonly simulatedNs: number | null;
  readonly accesses: number;
  /** Of a VM: `accesses` per second of `simulatedNs`; 0 if no time has passed. Of a run: those of its VMs, added up. */
  readonly accessesPerSecond: number | null;
  /**
   * Accesses whose page had no entry in the page table or no frame behind it, and pages that the guest read ahead of their
   * access: pages brought in.
   */
  readonly faults: number | null;
  readonly guestMinorFaults: number;
  readonly guestMajorFaults: number;
  readonly hostMinorFaults: number;
  readonly hostMajorFaults: number;
  /** Of all causes. */
  readonly traps: number | null;
  readonly trapCostNs: number;
  readonly pagesStolen: number;
  readonly swapOuts: number;
  readonly swapIns: number;
  /** Pages pinned by the balloon, all in all. */
  readonly balloonedPages: number;
  /** Largest balloon size at any time; of a run, the largest sum over its VMs. */
  readonly peakBalloonPages: number;
  readonly zeroedFrames: number;
};

export type VmFigures = Figures & {
  /** The VM's number within the run, from 1. */
  readonly vm: number;
  readonly name: string;
  /** Why it was terminated; null if it was not. */
  readonly endCause: VmEndName | null;
  /** Whether it was terminated because memory ran out; null where an earlier version stored that it was terminated, and not why. */
  readonly killed: boolean | null;
};

export type RunFigures = Figures & {
  /** The longest work time of a VM; null if no VM's work was completed. */
  readonly slowestWorkNs: number | null;
  readonly vmsCompleted: number | null;
  /** Terminated because memory ran out; null where an earlier version may have counted VMs that a user stopped. */
  readonly vmsKilled: number | null;
  /** Terminated by a user's command. */
  readonly vmsStopped: number | null;
  readonly vmsRefused: number;
  /** The run's faults beside the fewest that were possible; null if they were not measured. */
  readonly faultBound: FaultBound | null;
  readonly vms: readonly VmFigures[];
};

/** Figures that are sums over VMs. */
type Summed = Exclude<keyof Figures, "peakBalloonPages" | "workNs" | "simulatedNs">;

/**
 * The figures of a run from its tables and the peaks of its balloons, so that the events alone give them again;
 * the bound on its faults takes a re-execution. Accesses are those of each VM's last sample, which is taken when it is
 * terminated, or when the run ends.
 */
export function summariseRun(machine: MachineTables, peaks: BalloonPeaks, faultBound: FaultBound | null): RunFigures {
  const vms = machine.vms.map((vm) => summariseVm(machine, vm, peaks));
  const sum = (name: Summed): number => vms.reduce((total, vm) => total + (vm[name] as number), 0);
  const workTimes = vms.flatMap(({ workNs }) => (workNs === null ? [] : [workNs]));
  return {
    workNs: workTimes.length === 0 ? null : workTimes.reduce((total, workNs) => total + workNs, 0),
    slowestWorkNs: workTimes.length === 0 ? null : Math.max(...workTimes),
    simulatedNs: machine.timeNs,
    accesses: sum("accesses"),
    accessesPerSecond: sum("accessesPerSecond"),
    faults: sum("faults"),
    guestMinorFaults: sum("guestMinorFaults"),
    guestMajorFaults: sum("guestMajorFaults"),
    hostMinorFaults: sum("hostMinorFaults"),
    hostMajorFaults: sum("hostMajorFaults"),
    traps: sum("traps"),
    trapCostNs: sum("trapCostNs"),
    pagesStolen: sum("pagesStolen"),
    swapOuts: sum("swapOuts"),
    swapIns: sum("swapIns"),
    balloonedPages: sum("balloonedPages"),
    peakBalloonPages: peaks.ofRun,
    zeroedFrames: sum("zeroedFrames"),
    vmsCompleted: workTimes.length,
    vmsKilled: vms.filter(({ killed }) => killed === true).length,
    vmsStopped: vms.filter(({ killed, endCause }) => endCause !== null && killed === false).length,
    vmsRefused: machine.vms.filter((vm) => vm.life === VmLife.Refused).length,
    faultBound,
    vms,
  };
}

function summariseVm(machine: MachineTables, vm: VmTables, peaks: BalloonPeaks): VmFigures {
  const count = (name: CounterName): number => vm.counters[Counter[name]]!;
  const accesses = count("accesses");
  const simulatedNs = timeOf(machine, vm);
  return {
    vm: vm.vm,
    name: machine.text(vm.nameText),
    workNs: vm.isWorkDone ? count("workNs") : null,
    simulatedNs,
    endCause: vm.life === VmLife.Terminated ? valueOf(END_NAMES, vm.endCause, "the cause of a VM's end") : null,
    killed: vm.life === VmLife.Terminated && isOutOfMemory(vm.endCause),
    accesses,
    accessesPerSecond: perSecond(accesses, simulatedNs),
    faults: faultsOf(vm.counters),
    guestMinorFaults: count("guestMinorFaults"),
    guestMajorFaults: count("guestMajorFaults"),
    hostMinorFaults: count("hostMinorFaults"),
    hostMajorFaults: count("hostMajorFaults"),
    traps: Object.values(TRAP_COUNTERS).reduce((total, name) => total + count(name), 0),
    trapCostNs: count("trapCostNs"),
    pagesStolen: count("pagesStolen"),
    swapOuts: count("swapOuts"),
    swapIns: count("swapIns"),
    balloonedPages: count("balloonPagesPinned"),
    peakBalloonPages: peaks.ofVm(vm.vm),
    zeroedFrames: count("framesZeroed"),
  };
}

/** Of a VM that was not switched on: 0. */
function timeOf({ timeNs }: MachineTables, vm: VmTables): number {
  if (vm.life === VmLife.Refused || vm.life === VmLife.Admitted) return 0;
  if (vm.isWorkDone) return vm.counters[Counter.workNs]!;
  return (vm.life === VmLife.Terminated ? vm.terminatedNs : timeNs) - vm.startedNs;
}

function perSecond(accesses: number, timeNs: number): number {
  return timeNs === 0 ? 0 : (accesses * NS_PER_S) / timeNs;
}
