import { byNumber, valueOf } from "@ballast/core/events";
import { assert } from "@ballast/core/assert";
import { Kept, OWNER_SHARED, RealUse, type VmOutline } from "@ballast/core/memory";
import type { FrameState, RealPageEntry, TableEntries } from "../../history/index.ts";
import type { Moment } from "../../api/moment/moment.ts";
import { frameOf, whyMissing } from "../../api/moment/translate.ts";
import { builder } from "./builder.ts";
import { CountersRef } from "./counters.ts";
import { RealUseEnum, VmEndEnum, VmLifeEnum } from "./enums.ts";
import { VIRTUAL_PAGE_NAME, virtualPageName } from "./virtual-page-name.ts";

export type VmShape = { readonly moment: Moment; readonly vm: VmOutline };
export type RealPageShape = { readonly moment: Moment; readonly vm: VmOutline; readonly page: number; readonly state: RealPageEntry };

export function realPageIn(entries: TableEntries, { moment, vm, page }: Omit<RealPageShape, "state">): RealPageShape {
  const state = entries.realPage(page);
  assert(state !== null, () => `VM ${vm.vm} has no real page ${page}`);
  return { moment, vm, page, state };
}

export const RealPageRef = builder.objectRef<RealPageShape>("RealPage").implement({
  description: "A page of the memory that a VM believes it has: its entry in the real map table, and what the guest uses it for.",
  fields: (t) => ({
    vm: t.int({ description: "The VM's number.", resolve: ({ vm }) => vm.vm }),
    realPage: t.int({ description: "The page's number.", resolve: ({ page }) => page }),
    physicalPage: t.int({
      nullable: true,
      description: "The frame behind it; null: none.",
      resolve: ({ state }) => state.physicalPage,
    }),
    isShared: t.boolean({
      description: "Whether that frame may back other pages too, so that a store to this one traps.",
      resolve: async ({ moment, vm, state }) => isShared(await frameOf(moment, vm, state)),
    }),
    isLarge: t.boolean({
      description: "Whether one entry maps it together with 511 others.",
      resolve: ({ state }) => state.isLarge,
    }),
    swapSlot: t.int({
      nullable: true,
      description: "Its slot in the host's swap; null: it is not there.",
      resolve: ({ state }) => state.swapSlot,
    }),
    compressedBytes: t.int({
      nullable: true,
      description: "What it takes in the compression cache; null: it is not there.",
      resolve: ({ state }) => state.compressedBytes,
    }),
    isOnGuestDisk: t.boolean({
      description: "Whether it has no frame because the hypervisor knows that the guest's disk holds the same.",
      resolve: ({ state }) => state.kept === Kept.OnGuestDisk,
    }),
    isInSwapCache: t.boolean({
      description: "Whether it was read ahead from the host's swap, where it still has its slot.",
      resolve: ({ state }) => state.kept === Kept.InSwapCache,
    }),
    use: t.field({
      type: RealUseEnum,
      description: "What the guest uses it for.",
      resolve: (page) => useOf(page),
    }),
    process: t.int({
      nullable: true,
      description: "The process that uses it; null: none.",
      resolve: ({ state }) => state.process,
    }),
    virtualPage: t.int({
      nullable: true,
      description: "That process's virtual page; null: none.",
      resolve: ({ state }) => state.virtualPage,
    }),
    virtualPageName: t.string({
      nullable: true,
      description: VIRTUAL_PAGE_NAME,
      resolve: ({ moment, vm, state: { process, virtualPage: page } }, _args, context) =>
        virtualPageName(moment, { vm: vm.vm, process, page }, context),
    }),
    description: t.string({
      description: "Where it is, in words.",
      resolve: async (page) => describeRealPage(page, await frameOf(page.moment, page.vm, page.state)),
    }),
  }),
});

/** Fraction of the resident pages of VMs that are under large mappings. */
export function coverageOf(vms: readonly VmOutline[]): number {
  const residentPages = vms.reduce((sum, vm) => sum + vm.residentPages, 0);
  return residentPages === 0 ? 0 : vms.reduce((sum, vm) => sum + vm.largePages, 0) / residentPages;
}

function isShared(frame: FrameState | null): boolean {
  return frame?.ownerVm === OWNER_SHARED;
}

const USES = byNumber(RealUse, RealUse);

function useOf({ vm, page, state }: RealPageShape) {
  return valueOf(USES, state.use, `the use of real page ${page} of VM ${vm.vm}`);
}

function describeRealPage(shape: RealPageShape, frame: FrameState | null): string {
  const { vm, page, state } = shape;
  const use = {
    [RealUse.Free]: "free",
    [RealUse.Process]: "used by a process",
    [RealUse.Kernel]: "kept by the kernel",
    [RealUse.Balloon]: "in the balloon",
  }[useOf(shape)];
  const { physicalPage } = state;
  if (isShared(frame))
    return `Real page ${page} of VM ${vm.vm} is ${use} and has frame ${physicalPage}, which is shared and backs ${frame?.sharers} in all.`;
  if (physicalPage !== null) return `Real page ${page} of VM ${vm.vm} is ${use} and has frame ${physicalPage}.`;
  return `Real page ${page} of VM ${vm.vm} is ${use} and has no frame. ${whyMissing(state)}`;
}

/** Another file adds its parts: processes, real map table, memory map. */
export const VmRef = builder.objectRef<VmShape>("Vm").implement({
  description: "A virtual machine (under one-level mapping the native operating system), as of the moment.",
  fields: (t) => ({
    vm: t.int({ description: "Its number within the run, from 1.", resolve: ({ vm }) => vm.vm }),
    name: t.string({ description: "Its name.", resolve: ({ moment, vm }) => moment.outline.text(vm.nameText) }),
    life: t.field({
      type: VmLifeEnum,
      description: "Where it is in its life.",
      resolve: ({ vm }) => vm.life as 0 | 1 | 2 | 3 | 4,
    }),
    endCause: t.field({
      type: VmEndEnum,
      nullable: true,
      description: "Why it was terminated; null if it was not.",
      resolve: ({ vm }) => (vm.endCause === 0 ? null : (vm.endCause as 1 | 2 | 3)),
    }),
    configuredPages: t.int({ description: "Real pages it was created with.", resolve: ({ vm }) => vm.configuredPages }),
    allocatedPages: t.int({
      description: "Configured pages without those in the balloon: what the guest may use.",
      resolve: ({ vm }) => vm.allocatedPages,
    }),
    residentPages: t.int({ description: "Real pages that have a frame.", resolve: ({ vm }) => vm.residentPages }),
    sharedPages: t.int({
      description: "Those of them whose frame is shared with other pages.",
      resolve: ({ vm }) => vm.sharedPages,
    }),
    largePages: t.int({
      description: "Real pages under large mappings, 512 by each.",
      resolve: ({ vm }) => vm.largePages,
    }),
    largePageCoverage: t.float({
      description: "Fraction of the resident pages that are under large mappings, 0 to 1; 0 without resident pages.",
      resolve: ({ vm }) => coverageOf([vm]),
    }),
    swappedPages: t.int({ description: "Real pages in the host's swap.", resolve: ({ vm }) => vm.swappedPages }),
    diskKeptPages: t.int({
      description: "Real pages without a frame that the hypervisor left on the guest's disk.",
      resolve: ({ vm }) => vm.diskKeptPages,
    }),
    swapCachePages: t.int({
      description: "Swapped pages that were read ahead; their frames are the hypervisor's.",
      resolve: ({ vm }) => vm.swapCachePages,
    }),
    mappedPages: t.int({ description: "Real pages behind a virtual page.", resolve: ({ vm }) => vm.mappedPages }),
    kernelPages: t.int({
      description: "Real pages that the guest's kernel keeps.",
      resolve: ({ vm }) => vm.kernelPages,
    }),
    overheadPages: t.int({
      description: "Frames that the hypervisor keeps for this VM.",
      resolve: ({ vm }) => vm.overheadPages,
    }),
    balloonTargetPages: t.int({
      description: "Pages that the hypervisor asks the guest to give up.",
      resolve: ({ vm }) => vm.balloonTargetPages,
    }),
    balloonSizePages: t.int({
      description: "Pages that the guest has given up.",
      resolve: ({ vm }) => vm.balloonSizePages,
    }),
    memoryLimitPages: t.int({ description: "Most frames it may hold now.", resolve: ({ vm }) => vm.memoryLimitPages }),
    isSuspended: t.boolean({ description: "Whether it is kept from running.", resolve: ({ vm }) => vm.isSuspended }),
    counters: t.field({ type: CountersRef, description: "What was counted for it.", resolve: ({ vm }) => vm.counters }),
  }),
});
