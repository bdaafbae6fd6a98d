import type { Figures, RunFigures, VmFigures } from "../../runs/index.ts";
import { builder } from "./builder.ts";

const COUNT_SAYS: Readonly<Record<Exclude<keyof Figures, "accessesPerSecond">, string>> = {
  accesses: "Accesses to pages.",
  simulatedNs: "Simulated time they took, in ns: of a VM its own clock, of a run the time of its last event.",
  guestMinorFaults: "Guest faults without disk.",
  guestMajorFaults: "Guest faults that read the guest's disk.",
  hostMinorFaults: "Host faults served by a zeroed frame.",
  hostMajorFaults: "Host faults served from the host's swap.",
  traps: "Traps of all causes.",
  trapCostNs: "Time that traps took, in simulated ns.",
  pagesStolen: "Pages taken without the guest's help.",
  swapOuts: "Pages that the hypervisor wrote to the host's swap.",
  swapIns: "Pages that the hypervisor read from the host's swap.",
  balloonedPages: "Pages pinned by balloons, all in all.",
  peakBalloonPages: "Largest balloon size at any time; of a run, the largest sum over its VMs.",
  zeroedFrames: "Frames overwritten with zeros.",
};

const FiguresInterface = builder.interfaceRef<Figures>("Figures").implement({
  description: "What is compared between policies. Counts are since the run began; pages are of 4 KiB.",
  fields: (t) => ({
    ...Object.fromEntries(
      Object.entries(COUNT_SAYS).map(([name, description]) => [
        name,
        t.field({ type: "BigInt", description, resolve: (figures) => figures[name as keyof typeof COUNT_SAYS] }),
      ]),
    ),
    accessesPerSecond: t.exposeFloat("accessesPerSecond", {
      description: "Accesses per simulated second; 0 if no time has passed.",
    }),
  }),
});

const VmFiguresRef = builder.objectRef<VmFigures>("VmFigures").implement({
  description: "The figures of one VM.",
  interfaces: [FiguresInterface],
  fields: (t) => ({
    vm: t.exposeInt("vm", { description: "The VM's number, from 1." }),
    name: t.exposeString("name", { description: "Its name." }),
    killed: t.exposeBoolean("killed", { description: "Whether it was ended before its work was done." }),
  }),
});

export const RunFiguresRef = builder.objectRef<RunFigures>("RunFigures").implement({
  description: "The figures of a run, summed over its VMs where they add up.",
  interfaces: [FiguresInterface],
  fields: (t) => ({
    vmsKilled: t.exposeInt("vmsKilled", { description: "VMs that were ended before their work was done." }),
    vmsRefused: t.exposeInt("vmsRefused", { description: "VMs that were not admitted." }),
    faults: t.field({
      type: "BigInt",
      nullable: true,
      description:
        "Accesses whose page was not mapped or had no frame. Of a completed run of a comparison; null if it was too long " +
        "to be measured, or got commands.",
      resolve: ({ faultBound }) => faultBound?.faults ?? null,
    }),
    leastFaults: t.field({
      type: "BigInt",
      nullable: true,
      description:
        "Misses of Belady's MIN on the run's accesses as they were merged: a lower bound on `faults` of this run, and on " +
        "nothing else. Null if it is not known, or if pages were shared or large, for then a frame may hold several, or a fault bring several.",
      resolve: ({ faultBound }) => faultBound?.leastFaults ?? null,
    }),
    vms: t.field({ type: [VmFiguresRef], description: "Each VM's own.", resolve: (figures) => figures.vms }),
  }),
});
