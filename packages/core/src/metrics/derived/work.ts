import { NS_PER_S } from "../../units/index.ts";
import { TRAP_CAUSE_COUNTERS } from "../families/traps.ts";
import type { DerivedResults } from "./outcome.ts";

/** How much work was done, and in what time. */
export const workResults = {
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
  decisions: {
    description: "Decisions of the policy. Of a VM: those about it. Of a run: all, those about the host included.",
    unit: "count",
    ofVm: (vm) => vm.counter("decisions"),
    ofRun: ({ observed }) => observed.decisions,
  },
} as const satisfies DerivedResults;
