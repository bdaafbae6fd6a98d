import { EventCode, FrameLossCause } from "../../events/index.ts";
import { NO_ONE, NO_PAGE, type RealPage } from "../../ids/index.ts";
import type { Host } from "../host.ts";
import type { RunningVm } from "../running-vm.ts";
import { shareInstead } from "../sharing/share-instead.ts";
import { unmapFrame } from "../unmap-frame.ts";

/**
 * Takes the frame of a resident page without the guest's help. Content is kept in the host's swap; a page of zeros
 * needs no keeping. Returns false, and nothing is changed, if the swap is full. `order` is a VictimOrder.
 */
export function stealPage(host: Host, vm: RunningVm, page: RealPage, order: number): boolean {
  if (shareInstead(host, vm, page)) return true;
  const { recorder } = host;
  const { memory } = vm;
  const frame = memory.physicalPage(page);
  const content = host.content[frame];
  const slot = content === 0 ? NO_PAGE : host.freeSwapSlots.take();
  if (content !== 0 && slot < 0) return false;
  recorder.record(EventCode.PageStolen, memory.vm, NO_ONE, page, frame, order);
  if (content !== 0) {
    recorder.record(EventCode.PageSwappedOut, memory.vm, NO_ONE, page, frame, slot, content);
    host.swapDevice.write(recorder.nowNs, slot);
  }
  unmapFrame(host, vm, page, FrameLossCause.Steal);
  return true;
}
