import { PageSwappedIn } from "../../../events/index.ts";
import type { PhysicalPage, RealPage } from "../../../ids/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";

/** The page's new frame holds what its slot holds, which is free again. */
export function takeFromSwap(host: HostRuntime, vm: VmRuntime, real: RealPage, frame: PhysicalPage): void {
  const { memory } = vm;
  const [slot, content] = [memory.swapSlot[real], memory.swapContent[real]];
  host.content[frame] = content;
  host.recorder.record(PageSwappedIn, memory.vm, real, frame, slot, content);
  freeSlot(host, slot);
}

export function freeSlot(host: HostRuntime, slot: number): void {
  host.swapCache?.noteFreed(slot);
  host.freeSwapSlots.giveBack(slot);
}
