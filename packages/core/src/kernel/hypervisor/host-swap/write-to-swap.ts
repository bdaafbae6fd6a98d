import { PageSwappedOut } from "../../../events/index.ts";
import type { NO_PAGE, PhysicalPage, RealPage } from "../../../ids/index.ts";
import { noteSilentWrite } from "../disk-mapper/leave-on-disk.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";

/** Writes a page to the host's swap, which has room, whether the guest's disk has the same or not. `frame`: it leaves that one. */
export function writeToSwap(host: HostRuntime, vm: VmRuntime, page: RealPage, frame: PhysicalPage | typeof NO_PAGE, content: number): void {
  const { memory } = vm;
  const slot = host.freeSwapSlots.take();
  host.recorder.record(PageSwappedOut, memory.vm, page, frame, slot, content);
  host.swapCache?.noteSwappedOut(slot, memory.vm, page);
  host.swapWriter.write(memory.vm, slot);
  noteSilentWrite(host, vm, page, content);
}
