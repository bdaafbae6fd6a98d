import { LARGE_PAGE_PAGES, NO_PAGE } from "@ballast/core/ids";
import {
  FRAME_ZEROED,
  type Frames,
  Kept,
  type MachineTables,
  OWNER_FREE,
  OWNER_HYPERVISOR,
  OWNER_SHARED,
  RealUse,
  type VmTables,
} from "@ballast/core/memory";

/** One of the values that a part of a state can have. */
export type StateTerm = { readonly name: string; readonly description: string };

/** What a page is used for, and what backs it: a state is `use * backings.length + backing`. State 0 is that of a page of a new table. */
export type StateTable = { readonly uses: readonly StateTerm[]; readonly backings: readonly StateTerm[] };

const term = (name: string, description: string): StateTerm => ({ name, description });

/** Uses of a frame. One behind a real page has that page's use, a RealUse, above `GuestFree`. */
export const FrameUse = { FreeZeroed: 0, Free: 1, Hypervisor: 2, Shared: 3, GuestFree: 4 } as const;

export const FRAME_STATES = {
  uses: [
    term("free-zeroed", "free, zeroed"),
    term("free", "free, not yet zeroed"),
    term("hypervisor", "kept by the hypervisor"),
    term("shared", "behind real pages of equal content"),
    term("guest-free", "behind a real page that its guest uses for nothing"),
    term("process", "behind a real page that a process or the guest's page cache uses"),
    term("kernel", "behind a real page that the guest's kernel keeps"),
    term("balloon", "behind a real page in the balloon"),
  ],
  backings: [
    term("small", "mapped by an entry of its own, or not at all"),
    term("large", "mapped together with 511 others by one entry of the real map table"),
  ],
} as const satisfies StateTable;

/** Where a real page's content is. */
export const Backing = { None: 0, Frame: 1, Large: 2, Shared: 3, SwapCache: 4, HostSwap: 5, GuestDisk: 6, Compressed: 7 } as const;

export const REAL_PAGE_STATES = {
  // In the order of RealUse.
  uses: [
    term("free", "the guest uses it for nothing"),
    term("process", "used by a process, or for a file by the guest's page cache"),
    term("kernel", "kept by the guest's kernel"),
    term("balloon", "in the balloon"),
  ],
  backings: [
    term("none", "without a frame or content"),
    term("frame", "with a frame of its own"),
    term("large", "with a frame that is mapped together with 511 others by one entry of the real map table"),
    term("shared", "with a frame that real pages of equal content share"),
    term("swap-cache", "in the host's swap, and read ahead into a frame of the swap cache"),
    term("host-swap", "in the host's swap"),
    term("guest-disk", "left on the guest's disk by the mapper"),
    term("compressed", "in the compression cache"),
  ],
} as const satisfies StateTable;

/** A cell of the host is its frame's state and, above it, the number of the VM that owns the frame, or 0. */
export const FRAME_CELL_STATES = FRAME_STATES.uses.length * FRAME_STATES.backings.length;

const FRAME_BACKINGS = FRAME_STATES.backings.length;
const REAL_BACKINGS = REAL_PAGE_STATES.backings.length;

/** What a frame that backs no real page of its own is used for; GuestFree for one behind a real page, whose use says more. */
export function frameUse({ ownerVm, content }: Pick<Frames, "ownerVm" | "content">, frame: number): number {
  const owner = ownerVm[frame] ?? OWNER_FREE;
  if (owner === OWNER_FREE) return content[frame] === FRAME_ZEROED ? FrameUse.FreeZeroed : FrameUse.Free;
  if (owner === OWNER_SHARED) return FrameUse.Shared;
  return owner === OWNER_HYPERVISOR ? FrameUse.Hypervisor : FrameUse.GuestFree;
}

export function frameCell({ frames, vms }: MachineTables, frame: number): number {
  const owner = frames.ownerVm[frame] ?? OWNER_FREE;
  if (owner <= OWNER_FREE) return frameUse(frames, frame) * FRAME_BACKINGS;
  const vm = vms[owner - 1]!;
  const real = frames.realPage[frame]!;
  return owner * FRAME_CELL_STATES + (FrameUse.GuestFree + vm.use[real]!) * FRAME_BACKINGS + isLarge(vm, real);
}

export function realPageCell({ ownerVm }: Pick<Frames, "ownerVm">, vm: VmTables, page: number): number {
  return vm.use[page]! * REAL_BACKINGS + backingOf(ownerVm, vm, page);
}

function backingOf(ownerVm: Int32Array, vm: VmTables, page: number): number {
  if (vm.compressedBlocks[page] !== 0) return Backing.Compressed;
  const frame = vm.realMap[page]!;
  if (frame !== NO_PAGE) {
    if (ownerVm[frame] === OWNER_SHARED) return Backing.Shared;
    return isLarge(vm, page) === 1 ? Backing.Large : Backing.Frame;
  }
  const kept = vm.kept[page];
  if (kept === Kept.OnGuestDisk) return Backing.GuestDisk;
  if (kept === Kept.InSwapCache) return Backing.SwapCache;
  return vm.swapSlot[page] === NO_PAGE ? Backing.None : Backing.HostSwap;
}

function isLarge({ largeMap }: VmTables, page: number): 0 | 1 {
  return largeMap[Math.floor(page / LARGE_PAGE_PAGES)] === 1 ? 1 : 0;
}

/** The use and the backing that a real page's cell stands for. */
export function partsOfRealPageCell(cell: number): { readonly use: number; readonly backing: number } {
  return { use: Math.floor(cell / REAL_BACKINGS), backing: cell % REAL_BACKINGS };
}

/** All cells that real pages can have. */
export const REAL_PAGE_CELLS = Object.keys(RealUse).length * REAL_BACKINGS;
