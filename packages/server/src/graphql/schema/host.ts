import { type MachineOutline, VmLife } from "@ballast/core/memory";
import { builder } from "./builder.ts";
import { MappingEnum, MemoryStateEnum, MmuEnum } from "./enums.ts";
import { coverageOf } from "./vm.ts";

/** Configured pages of the VMs that are admitted and not ended. */
function configuredPagesOf(machine: MachineOutline): number {
  const counted = machine.vms.filter((vm) => vm.life !== VmLife.Refused && vm.life !== VmLife.Terminated);
  return counted.reduce((sum, vm) => sum + vm.configuredPages, 0);
}

export const HostRef = builder.objectRef<MachineOutline>("Host").implement({
  description: "The host, as of the moment. Pages are of 4 KiB.",
  fields: (t) => ({
    mapping: t.field({
      type: MappingEnum,
      description: "One-level or two-level mapping.",
      resolve: (machine) => machine.mapping,
    }),
    mmu: t.field({
      type: MmuEnum,
      description: "How two levels are walked.",
      resolve: (machine) => machine.mmu,
    }),
    framePages: t.int({ description: "Frames of physical memory.", resolve: ({ frames }) => frames.count }),
    freePages: t.int({ description: "Free frames.", resolve: ({ frames }) => frames.freePages }),
    overheadPages: t.int({
      description: "Frames that the hypervisor keeps for itself, on behalf of the host and its VMs.",
      resolve: ({ frames }) => frames.overheadPages,
    }),
    swapPages: t.exposeInt("swapPages", { description: "Size of the host's swap." }),
    swapUsedPages: t.exposeInt("swapUsedPages", { description: "Pages in the host's swap." }),
    sharedFramePages: t.int({
      description: "Frames that back real pages of equal content.",
      resolve: ({ frames }) => frames.sharedFramePages,
    }),
    savedPages: t.exposeInt("savedPages", {
      description: "Frames that sharing saves: real pages with shared frames, less these frames.",
    }),
    largePageCoverage: t.float({
      description: "Fraction of the VMs' resident pages that are under large mappings, 0 to 1; 0 without resident pages.",
      resolve: ({ vms }) => coverageOf(vms),
    }),
    memoryState: t.field({
      type: MemoryStateEnum,
      description: "How short of free memory it is.",
      resolve: (machine) => machine.memoryState,
    }),
    configuredPages: t.int({
      description: "Sum of the configured pages of all VMs that are admitted and not ended.",
      resolve: configuredPagesOf,
    }),
    overcommitment: t.float({
      description: "Configured and overhead pages per frame: above 1 the host is overcommitted. 0 before it is switched on.",
      resolve: (machine) => {
        const { count, overheadPages } = machine.frames;
        return count === 0 ? 0 : (configuredPagesOf(machine) + overheadPages) / count;
      },
    }),
  }),
});
