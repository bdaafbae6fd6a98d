import type { FaultBound } from "@ballast/core/kernel";
import { Counter, type CounterName, type Machine, VmLife, type VmMemory } from "@ballast/core/memory";
import { NS_PER_S } from "@ballast/core/units";
import type { BalloonPeaks } from "./balloon-peaks.ts";

/** What is compared between policies. Counts are since the run began; pages are of 4 KiB. */
export type Figures = {
  readonly accesses: number;
  /** Simulated time that the accesses took: of a VM its own clock, of a run the time of its last event. */
  readonly simulatedNs: number;
  /** `accesses` per simulated second; 0 if no time has passed. */
  readonly accessesPerSecond: number;
  readonly guestMinorFaults: number;
  readonly guestMajorFaults: number;
  readonly hostMinorFaults: number;
  readonly hostMajorFaults: number;
  readonly traps: number;
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
  readonly killed: boolean;
};

export type RunFigures = Figures & {
  readonly vmsKilled: number;
  readonly vmsRefused: number;
  /** Of a compared run: its faults beside the fewest that were possible; null if they were not measured. */
  readonly faultBound: FaultBound | null;
  readonly vms: readonly VmFigures[];
};

/**
 * The figures of a run from its tables and the peaks of its balloons, so that the events alone give them again;
 * the bound on its faults takes a re-execution.
 * Accesses and clocks are those of each VM's last sample.
 */
export function summariseRun(machine: Machine, peaks: BalloonPeaks, faultBound: FaultBound | null): RunFigures {
  const vms = machine.vms.map((vm) => summariseVm(machine, vm, peaks));
  const sum = (name: keyof Figures): number => vms.reduce((total, vm) => total + vm[name], 0);
  const accesses = sum("accesses");
  return {
    accesses,
    simulatedNs: machine.timeNs,
    accessesPerSecond: perSecond(accesses, machine.timeNs),
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
    vmsKilled: machine.vms.filter((vm) => vm.life === VmLife.Killed).length,
    vmsRefused: machine.vms.filter((vm) => vm.life === VmLife.Refused).length,
    faultBound,
    vms,
  };
}

const TRAP_COUNTERS = ["trapPageTableUpdate", "trapMissingRealMapEntry", "trapBalloonCall", "trapSampledPage"] as const;

function summariseVm(machine: Machine, vm: VmMemory, peaks: BalloonPeaks): VmFigures {
  const count = (name: CounterName): number => vm.counters[Counter[name]] ?? 0;
  return {
    vm: vm.vm,
    name: machine.text(vm.nameText),
    killed: vm.life === VmLife.Killed,
    accesses: count("accesses"),
    simulatedNs: count("clockNs"),
    accessesPerSecond: perSecond(count("accesses"), count("clockNs")),
    guestMinorFaults: count("guestMinorFaults"),
    guestMajorFaults: count("guestMajorFaults"),
    hostMinorFaults: count("hostMinorFaults"),
    hostMajorFaults: count("hostMajorFaults"),
    traps: TRAP_COUNTERS.reduce((total, name) => total + count(name), 0),
    trapCostNs: count("trapCostNs"),
    pagesStolen: count("pagesStolen"),
    swapOuts: count("swapOuts"),
    swapIns: count("swapIns"),
    balloonedPages: count("balloonPagesPinned"),
    peakBalloonPages: peaks.ofVm(vm.vm),
    zeroedFrames: count("framesZeroed"),
  };
}

function perSecond(accesses: number, timeNs: number): number {
  return timeNs === 0 ? 0 : (accesses * NS_PER_S) / timeNs;
}
