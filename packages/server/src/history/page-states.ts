import { NO_PROCESS, NO_PAGE } from "@ballast/core/ids";
import { COMPRESSED_BLOCK_BYTES, type Frames, type ProcessTables, type VmTables } from "@ballast/core/memory";

/** A real page: what backs it on the host, and what its guest uses it for. */
export type RealPageState = {
  readonly physicalPage: number | null;
  readonly swapSlot: number | null;
  /** A Kept: whether it is kept elsewhere than in the host's swap. */
  readonly kept: number;
  /** What the host's swap, or wherever else it is kept, holds of it; 0 if nothing. */
  readonly swapContent: number;
  /** What it takes in the compression cache; null: it is not there. */
  readonly compressedBytes: number | null;
  /** A RealUse. */
  readonly use: number;
  readonly process: number | null;
  readonly virtualPage: number | null;
};

export type VirtualPageState = {
  readonly realPage: number | null;
  /** What the guest's disk holds of it; 0 if nothing. */
  readonly diskContent: number;
};

export type FrameState = {
  /** A VM, OWNER_FREE, OWNER_HYPERVISOR or OWNER_SHARED. */
  readonly ownerVm: number;
  readonly realPage: number | null;
  /** FRAME_ZEROED, FRAME_FILLED, FRAME_OVERHEAD or FRAME_SHARED. */
  readonly content: number;
  readonly sharers: number;
};

export function realPageState(vm: VmTables | undefined, page: number): RealPageState | null {
  if (vm === undefined || page >= vm.realMap.length) return null;
  const process = vm.userProcess[page]!;
  return {
    physicalPage: pageOrNull(vm.realMap[page]!),
    swapSlot: pageOrNull(vm.swapSlot[page]!),
    kept: vm.kept[page]!,
    swapContent: vm.swapContent[page]!,
    compressedBytes: compressedBytes(vm, page),
    use: vm.use[page]!,
    process: process === NO_PROCESS ? null : process,
    virtualPage: pageOrNull(vm.userPage[page]!),
  };
}

export function virtualPageState(process: ProcessTables | undefined, page: number): VirtualPageState | null {
  if (process === undefined) return null;
  return { realPage: pageOrNull(process.pageTable[page]!), diskContent: process.diskContent[page]! };
}

export function frameState(frames: Frames, page: number): FrameState | null {
  if (page >= frames.count) return null;
  return {
    ownerVm: frames.ownerVm[page]!,
    realPage: pageOrNull(frames.realPage[page]!),
    content: frames.content[page]!,
    sharers: frames.sharers[page]!,
  };
}

/** What a real page takes in the compression cache; null: it is not there. */
export function compressedBytes(vm: VmTables, page: number): number | null {
  return (vm.compressedBlocks[page] ?? 0) * COMPRESSED_BLOCK_BYTES || null;
}

function pageOrNull(page: number): number | null {
  return page === NO_PAGE ? null : page;
}
