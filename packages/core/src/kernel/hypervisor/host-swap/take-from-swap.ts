import { EventCode } from "../../../events/index.ts";
import { NO_ONE, type PhysicalPage, type RealPage } from "../../../ids/index.ts";
import type { Host } from "../../state/host.ts";
import type { RunningVm } from "../../state/running-vm.ts";

/** The page's new frame holds what its slot holds, which is free again. */
export function takeFromSwap(host: Host, vm: RunningVm, real: RealPage, frame: PhysicalPage): void {
  const { memory } = vm;
  const [slot, content] = [memory.swapSlot[real], memory.swapContent[real]];
  host.content[frame] = content;
  host.recorder.record(EventCode.PageSwappedIn, memory.vm, NO_ONE, real, frame, slot, content);
  freeSlot(host, slot);
}

export function freeSlot(host: Host, slot: number): void {
  host.swapCache?.noteFreed(slot);
  host.freeSwapSlots.giveBack(slot);
}
