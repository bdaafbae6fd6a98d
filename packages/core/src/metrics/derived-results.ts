import { NS_PER_S } from "../units/index.ts";
import type { VmCounterName } from "./catalogue.ts";
import { TRAP_CAUSE_COUNTERS } from "./families/traps.ts";
import type { Declared, Result } from "./metric.ts";

/** What is known of a VM when its results are taken. */
export type VmOutcome = {
  readonly counter: (name: VmCounterName) => number;
  readonly isWorkDone: boolean;
  readonly ending: "stopped" | "killed" | "refused" | null;
  readonly simulatedNs: number;
  readonly peakBalloonPages: number;
};

/** What is known of a run when its results are taken; `workTimesNs` are those of the VMs whose work was completed. */
export type RunOutcome = {
  readonly timeNs: number;
  readonly peakBalloonPages: number;
  readonly vms: readonly VmOutcome[];
  readonly workTimesNs: readonly number[];
};

/** A result that no event changes by itself. Of a run it is the sum over its VMs unless `ofRun` says otherwise. */
export type DerivedResult = Declared &
  Result & {
    readonly ofVm: (vm: VmOutcome) => number | null;
    readonly ofRun?: (run: RunOutcome) => number | null;
  };

/** A result that a run has and its VMs have not. */
export type RunResult = Declared & Result & { readonly ofRun: (run: RunOutcome) => number | null };

/** Results of each VM, and of the run. */
export const DERIVED_RESULTS = {
  workNs: {
    description:
      "Work time in simulated ns. Of a VM: from its start to the end of its workload, with all waits, suspended and idle time in " +
      "between; null if its work was not completed: it was terminated before, or the run ended, or its workload has no end. Of a " +
      "run: of the VMs whose work was completed, added up; null if there is none.",
    unit: "ns",
    better: "lower",
    column: {
      title: "work time",
      rank: 10,
      legend: "from a VM's start to the end of its workload, waits included, added up over the VMs",
    },
    ofVm: (vm) => (vm.isWorkDone ? vm.counter("workNs") : null),
    ofRun: ({ workTimesNs }) => (workTimesNs.length === 0 ? null : workTimesNs.reduce((total, workNs) => total + workNs, 0)),
  },
  simulatedNs: {
    description:
      "Simulated time in ns. Of a VM: from its start to the end of its work, to its termination, or to the end of the run, " +
      "whichever came first. Of a run: the time of its last event.",
    unit: "ns",
    ofVm: (vm) => vm.simulatedNs,
    ofRun: ({ timeNs }) => timeNs,
  },
  accessesPerSecond: {
    description: "Of a VM: accesses per second of its `simulatedNs`; 0 if no time has passed. Of a run: those of its VMs, added up.",
    unit: "perSecond",
    better: "higher",
    column: { title: "accesses/s", rank: 30, legend: "of each VM over its own time, added up" },
    ofVm: (vm) => (vm.simulatedNs === 0 ? 0 : (vm.counter("accesses") * NS_PER_S) / vm.simulatedNs),
  },
  traps: {
    description: "Traps of all causes.",
    unit: "count",
    better: "lower",
    ofVm: (vm) => TRAP_CAUSE_COUNTERS.reduce((total, name) => total + vm.counter(name), 0),
  },
  balloonedPages: {
    description: "Pages pinned by balloons in total.",
    unit: "pages",
    isInAllVersions: true,
    column: { title: "ballooned", rank: 80, legend: "pages that went into balloons" },
    ofVm: (vm) => vm.counter("balloonPagesPinned"),
  },
  peakBalloonPages: {
    description: "Largest balloon size at any time; of a run, the largest sum over its VMs.",
    unit: "pages",
    isInAllVersions: true,
    ofVm: (vm) => vm.peakBalloonPages,
    ofRun: ({ peakBalloonPages }) => peakBalloonPages,
  },
  zeroedFrames: {
    description: "Frames overwritten with zeros.",
    unit: "pages",
    isInAllVersions: true,
    column: { title: "zeroed", rank: 90, legend: "frames overwritten with zeros" },
    ofVm: (vm) => vm.counter("framesZeroed"),
  },
} as const satisfies Readonly<Record<string, DerivedResult>>;

/** Results of the run alone. */
export const RUN_RESULTS = {
  slowestWorkNs: {
    description: "The longest work time of a VM, in simulated ns; null if no VM's work was completed.",
    unit: "ns",
    better: "lower",
    column: { title: "slowest VM", rank: 20, legend: "the longest work time of a VM" },
    ofRun: ({ workTimesNs }) => (workTimesNs.length === 0 ? null : Math.max(...workTimesNs)),
  },
  vmsCompleted: {
    description: "VMs whose work was completed.",
    unit: "vms",
    better: "higher",
    ofRun: ({ workTimesNs }) => workTimesNs.length,
  },
  vmsKilled: {
    description: "VMs that were terminated because memory ran out.",
    unit: "vms",
    better: "lower",
    column: { title: "VMs killed", rank: 100 },
    ofRun: (run) => countEndings(run, "killed"),
  },
  vmsStopped: {
    description: "VMs that a user's command terminated.",
    unit: "vms",
    ofRun: (run) => countEndings(run, "stopped"),
  },
  vmsRefused: {
    description: "VMs that were not admitted.",
    unit: "vms",
    better: "lower",
    isInAllVersions: true,
    ofRun: (run) => countEndings(run, "refused"),
  },
} as const satisfies Readonly<Record<string, RunResult>>;

function countEndings({ vms }: RunOutcome, wanted: VmOutcome["ending"]): number {
  return vms.filter(({ ending }) => ending === wanted).length;
}
