import { VmEnd } from "@ballast/core/events";
import type { Figures, RunFigures, VmFigures } from "../../runs/index.ts";
import { builder } from "./builder.ts";
import { VmEndEnum } from "./enums.ts";

type NullableFigure = { [Name in keyof Figures]: null extends Figures[Name] ? Name : never }[keyof Figures];
type CountFigure = Exclude<keyof Figures, NullableFigure>;

const COUNT_SAYS: Readonly<Record<CountFigure, string>> = {
  accesses: "Accesses to pages.",
  guestMinorFaults: "Guest faults without disk.",
  guestMajorFaults: "Guest faults that read the guest's disk.",
  hostMinorFaults: "Host faults served by a zeroed frame.",
  hostMajorFaults: "Host faults served from the host's swap.",
  trapCostNs: "Time that traps took, in simulated ns.",
  pagesStolen: "Pages taken without the guest's help.",
  swapOuts: "Pages that the hypervisor wrote to the host's swap.",
  swapIns: "Pages that the hypervisor read from the host's swap.",
  balloonedPages: "Pages pinned by balloons, all in all.",
  peakBalloonPages: "Largest balloon size at any time; of a run, the largest sum over its VMs.",
  zeroedFrames: "Frames overwritten with zeros.",
};

const NULLABLE_SAYS: Readonly<Record<Exclude<NullableFigure, "accessesPerSecond">, string>> = {
  workNs:
    "Work time in simulated ns. Of a VM: from its start to the end of its workload, with all waits, blocked and idle time in " +
    "between; null if its work was not completed. Of a run: of the VMs whose work was completed, added up; null if there is none.",
  simulatedNs:
    "Simulated time in ns. Of a VM: from its start to the end of its work, to its termination, or to the end of the run, " +
    "whichever came first. Of a run: the time of its last event.",
  faults:
    "Accesses whose page had no entry in the page table or no frame behind it, and pages that the guest read ahead of their access.",
  traps: "Traps of all causes.",
};

const FiguresInterface = builder.interfaceRef<Figures>("Figures").implement({
  description:
    "What is compared between policies. Counts are since the run began; pages are of 4 KiB. What can be null is also so where " +
    "an earlier version stored the figures without it.",
  fields: (t) => ({
    ...Object.fromEntries(
      (Object.keys(COUNT_SAYS) as CountFigure[]).map((name) => [
        name,
        t.field({ type: "BigInt", description: COUNT_SAYS[name], resolve: (figures) => figures[name] }),
      ]),
    ),
    ...Object.fromEntries(
      (Object.keys(NULLABLE_SAYS) as (keyof typeof NULLABLE_SAYS)[]).map((name) => [
        name,
        t.field({ type: "BigInt", nullable: true, description: NULLABLE_SAYS[name], resolve: (figures) => figures[name] }),
      ]),
    ),
    accessesPerSecond: t.float({
      nullable: true,
      description:
        "Of a VM: accesses per second of its `simulatedNs`; 0 if no time has passed. Of a run: those of its VMs, added up.",
      resolve: (figures) => figures.accessesPerSecond,
    }),
  }),
});

const VmFiguresRef = builder.objectRef<VmFigures>("VmFigures").implement({
  description: "The figures of one VM.",
  interfaces: [FiguresInterface],
  fields: (t) => ({
    vm: t.exposeInt("vm", { description: "The VM's number, from 1." }),
    name: t.exposeString("name", { description: "Its name." }),
    killed: t.exposeBoolean("killed", {
      nullable: true,
      description: "Whether it was terminated because memory ran out; null: an earlier version stored that it was terminated, and not why.",
    }),
    endCause: t.field({
      type: VmEndEnum,
      nullable: true,
      description: "Why it was terminated; null if it was not.",
      resolve: ({ endCause }) => (endCause === null ? null : VmEnd[endCause]),
    }),
  }),
});

const addedCount = (description: string) => ({ nullable: true as const, description });

export const RunFiguresRef = builder.objectRef<RunFigures>("RunFigures").implement({
  description: "The figures of a run, summed over its VMs where they add up.",
  interfaces: [FiguresInterface],
  fields: (t) => ({
    slowestWorkNs: t.field({
      type: "BigInt",
      nullable: true,
      description: "The longest work time of a VM, in simulated ns; null if no VM's work was completed.",
      resolve: (figures) => figures.slowestWorkNs,
    }),
    vmsCompleted: t.int({
      ...addedCount("VMs whose work was completed."),
      resolve: (figures) => figures.vmsCompleted,
    }),
    vmsKilled: t.exposeInt("vmsKilled", {
      nullable: true,
      description: "VMs that were terminated because memory ran out; null: an earlier version may have counted VMs that a user stopped.",
    }),
    vmsStopped: t.int({
      ...addedCount("VMs that a user's command terminated."),
      resolve: (figures) => figures.vmsStopped,
    }),
    vmsRefused: t.exposeInt("vmsRefused", { description: "VMs that were not admitted." }),
    minFaults: t.field({
      type: "BigInt",
      nullable: true,
      description:
        "Misses of Belady's MIN on the run's accesses as they were merged: a lower bound on `faults` of this run, and on " +
        "nothing else. Null if it is not known: the run was too long or got commands; or if pages were shared or large, for " +
        "then a frame may hold several, or a fault bring several.",
      resolve: ({ faultBound }) => faultBound?.minFaults ?? null,
    }),
    vms: t.field({ type: [VmFiguresRef], description: "Each VM's own.", resolve: (figures) => figures.vms }),
  }),
});
