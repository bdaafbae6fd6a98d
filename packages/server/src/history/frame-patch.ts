import { NO_PAGE } from "@ballast/core/ids";
import {
  FRAME_OVERHEAD,
  FRAME_SHARED,
  type Frames,
  type MachineTables,
  OWNER_FREE,
  OWNER_HYPERVISOR,
  OWNER_SHARED,
  type VmTables,
} from "@ballast/core/memory";
import { changed } from "./unpack-changes.ts";

/**
 * Puts changed entries of the frames' content and of real map tables into a machine, and carries owners and sharers
 * along. Contents come first, then real map tables, then `finish`. In between, a frame that is not shared any more still
 * counts those of its former pages whose entries have not been changed yet.
 */
export class FramePatch {
  private readonly machine: MachineTables;
  private readonly frames: Frames;
  private readonly formerlyShared: number[] = [];

  constructor(machine: MachineTables) {
    this.machine = machine;
    this.frames = machine.frames;
  }

  putContent(count: number): void {
    const { content } = this.frames;
    for (let i = 0; i < count; i++) {
      const frame = changed.indexes[i]!;
      const [before, after] = [content[frame]!, changed.values[i]!];
      if (before === after) continue;
      content[frame] = after;
      if (before === FRAME_OVERHEAD || before === FRAME_SHARED) this.leave(frame, before);
      if (after === FRAME_OVERHEAD || after === FRAME_SHARED) this.enter(frame, after);
    }
  }

  /** A frame without an owner, until a real map entry gives it one. */
  private leave(frame: number, flag: number): void {
    this.frames.ownerVm[frame] = OWNER_FREE;
    if (flag === FRAME_SHARED) this.formerlyShared.push(frame);
  }

  private enter(frame: number, flag: number): void {
    const { frames } = this;
    const owner = frames.ownerVm[frame]!;
    frames.realPage[frame] = NO_PAGE;
    frames.ownerVm[frame] = flag === FRAME_OVERHEAD ? OWNER_HYPERVISOR : OWNER_SHARED;
    // Its owner's real map entry has not been changed yet.
    if (flag === FRAME_SHARED) frames.sharers[frame] = owner > 0 ? 1 : 0;
  }

  putRealMap(vm: VmTables, count: number): void {
    const { realMap } = vm;
    for (let i = 0; i < count; i++) {
      const real = changed.indexes[i]!;
      const [before, after] = [realMap[real]!, changed.values[i]!];
      if (before !== NO_PAGE) this.unmap(vm, real, before);
      if (after !== NO_PAGE) this.map(vm, real, after);
      realMap[real] = after;
    }
  }

  private unmap(vm: VmTables, real: number, frame: number): void {
    const { ownerVm, realPage, sharers } = this.frames;
    if (sharers[frame]! > 0) sharers[frame]!--;
    else if (ownerVm[frame] === vm.vm && realPage[frame] === real) {
      ownerVm[frame] = OWNER_FREE;
      realPage[frame] = NO_PAGE;
    }
  }

  private map(vm: VmTables, real: number, frame: number): void {
    const { ownerVm, realPage, content, sharers } = this.frames;
    if (content[frame] === FRAME_SHARED) sharers[frame]!++;
    else {
      ownerVm[frame] = vm.vm;
      realPage[frame] = real;
    }
  }

  finish(): void {
    const { frames, machine } = this;
    if (this.formerlyShared.some((frame) => frames.sharers[frame]! > 0)) {
      for (const vm of machine.vms) this.findOwners(vm);
    }
  }

  /** A page whose entry did not change, though its frame is shared no more: it has the frame for itself. */
  private findOwners(vm: VmTables): void {
    const { content, sharers, ownerVm, realPage } = this.frames;
    const { realMap } = vm;
    for (let real = 0; real < realMap.length; real++) {
      const frame = realMap[real]!;
      if (frame === NO_PAGE || sharers[frame] === 0 || content[frame] === FRAME_SHARED) continue;
      sharers[frame] = 0;
      ownerVm[frame] = vm.vm;
      realPage[frame] = real;
    }
  }
}
