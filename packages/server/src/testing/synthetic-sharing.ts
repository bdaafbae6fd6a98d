import { EventCode, type FrameLossCause } from "@ballast/core/events";
import { NO_PAGE } from "@ballast/core/ids";
import { type MachineTables, OWNER_SHARED, type VmTables } from "@ballast/core/memory";
import type { Prng } from "@ballast/core/prng";
import type { NumberStack } from "./number-stack.ts";

type Emit = (type: number, vm: number, process: number, a: number, b: number, c: number, d: number) => void;

/** The part of a synthetic history in which frames are shared, copied at a store, and come free. */
export class SyntheticSharing {
  private readonly machine: MachineTables;
  private readonly prng: Prng;
  private readonly freeFrames: NumberStack;
  private readonly emit: Emit;

  constructor(machine: MachineTables, prng: Prng, freeFrames: NumberStack, emit: Emit) {
    this.machine = machine;
    this.prng = prng;
    this.freeFrames = freeFrames;
    this.emit = emit;
  }

  /** Makes a frame shared, or puts a page behind one that is; not more than a quarter of all frames. */
  share(): void {
    const { frames } = this.machine;
    const own = this.findFrame((frame) => frames.ownerVm[frame]! > 0);
    if (own === NO_PAGE || frames.sharedFramePages * 4 > frames.count) return;
    const [vm, real] = [frames.ownerVm[own]!, frames.realPage[own]!];
    const shared = this.findFrame((frame) => frames.ownerVm[frame] === OWNER_SHARED);
    if (shared === NO_PAGE || this.prng.nextBelow(3) === 0) this.emit(EventCode.FrameShared, vm, 0, real, own, 0, 1);
    else {
      this.emit(EventCode.PageShared, vm, 0, real, own, shared, 1);
      this.freeFrames.push(own);
    }
  }

  /** A store to a page: one that shares its frame gets one of its own. */
  store(vm: VmTables, real: number): void {
    const { frames } = this.machine;
    const frame = vm.realMap[real]!;
    if (frame === NO_PAGE || frames.ownerVm[frame] !== OWNER_SHARED) return;
    if (frames.sharers[frame] === 1) return this.emit(EventCode.FrameUnshared, vm.vm, 0, real, frame, 0, 0);
    const own = this.freeFrames.pop();
    if (own !== undefined) this.emit(EventCode.SharedPageCopied, vm.vm, 0, real, frame, own, 1_000);
  }

  /** Takes a page's frame, whether it is shared or not. */
  unmap(vm: VmTables, real: number, cause: (typeof FrameLossCause)[keyof typeof FrameLossCause]): void {
    const { frames } = this.machine;
    const frame = vm.realMap[real]!;
    if (frames.ownerVm[frame] !== OWNER_SHARED) {
      this.emit(EventCode.FrameUnmapped, vm.vm, 0, real, frame, cause, 0);
      this.freeFrames.push(frame);
      return;
    }
    const left = frames.sharers[frame]! - 1;
    this.emit(EventCode.SharedFrameUnmapped, vm.vm, 0, real, frame, cause, left);
    if (left === 0) this.freeFrames.push(frame);
  }

  private findFrame(isFit: (frame: number) => boolean): number {
    const { count } = this.machine.frames;
    const from = this.prng.nextBelow(count);
    for (let step = 0; step < count; step++) if (isFit((from + step) % count)) return (from + step) % count;
    return NO_PAGE;
  }
}
