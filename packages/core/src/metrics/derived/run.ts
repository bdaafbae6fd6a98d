import type { MemoryState } from "../../events/index.ts";
import { NS_PER_S } from "../../units/index.ts";
import type { OwnRunResults, RunOutcome, VmOutcome } from "./outcome.ts";
import { toPageSeconds } from "./page-seconds.ts";

/** Results of the run alone. */
export const runResults = {
  slowestWorkNs: {
    description: "The longest work time of a VM, in simulated ns; null if no VM's work was completed.",
    unit: "ns",
    better: "lower",
    column: { title: "slowest VM", rank: 20, legend: "the longest work time of a VM" },
    ofRun: ({ workTimesNs }) => (workTimesNs.length === 0 ? null : Math.max(...workTimesNs)),
  },
  hostAccessesPerSecond: {
    description: "Throughput of the host: accesses of all VMs per second of the run's simulated time; 0 if no time has passed.",
    unit: "perSecond",
    better: "higher",
    ofRun: ({ timeNs, vms }) => (timeNs === 0 ? 0 : (vms.reduce((total, vm) => total + vm.counter("accesses"), 0) * NS_PER_S) / timeNs),
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
  highStateNs: timeIn("High", "high"),
  clearStateNs: timeIn("Clear", "clear"),
  softStateNs: timeIn("Soft", "soft"),
  hardStateNs: timeIn("Hard", "hard"),
  lowStateNs: timeIn("Low", "low"),
  sharingSavedPageSeconds: {
    description: "Frames saved by sharing, times the seconds for which they were.",
    unit: "pageSeconds",
    better: "higher",
    ofRun: ({ observed }) => toPageSeconds(observed.sharingSavedPageNs),
  },
} as const satisfies OwnRunResults;

function timeIn(state: keyof typeof MemoryState, name: string) {
  return {
    description: `Simulated time in ns for which the host was in the memory state ${name}, until the run's last event.`,
    unit: "ns",
    ofRun: ({ observed }: RunOutcome) => observed.memoryStateNs[state],
  } as const;
}

function countEndings({ vms }: RunOutcome, wanted: VmOutcome["ending"]): number {
  return vms.filter(({ ending }) => ending === wanted).length;
}
