import { FrameMapped, FrameShortage, FrameZeroed, VmEnd } from "../../events/index.ts";
import { NO_PAGE, type PhysicalPage, type RealPage } from "../../ids/index.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import { endVm } from "./end-vm.ts";
import { dropOldestCached } from "./host-swap/drop-cached.ts";
import { keepWithinLimit } from "./memory-limit.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";

/** Maps a real page to a frame that has no owner. */
export function mapFrame(host: HostRuntime, vm: VmRuntime, real: RealPage, frame: PhysicalPage): void {
  host.recorder.record(FrameMapped, vm.memory.vm, real, frame);
  vm.measures.touch(real);
  vm.measures.ages?.mapped(real);
  vm.accessBits.resetHost(real);
  if (vm.measures.watches(real)) vm.accessBits.setTrapAny(real);
  vm.victims.mapped(real);
}

/**
 * A free frame, or one of the swap cache, or one that the policy frees when asked (which may lower the VM's limit); NO_PAGE
 * if it could not.
 */
export function takeFrame(host: HostRuntime, vm: VmRuntime, real: RealPage): PhysicalPage {
  keepWithinLimit(host, vm);
  const frame = host.freeFrames.take();
  if (frame >= 0) return frame as PhysicalPage;
  if (dropOldestCached(host)) return host.freeFrames.take() as PhysicalPage;
  host.recorder.record(FrameShortage, vm.memory.vm, real);
  host.onShortage(1);
  keepWithinLimit(host, vm);
  const reclaimed = host.freeFrames.take();
  return (reclaimed < 0 ? NO_PAGE : reclaimed) as PhysicalPage;
}

/** The same for a page that a VM needs to continue; if no frame is available, the VM is terminated, and NO_PAGE returned. */
export function findFrame(host: HostRuntime, vm: VmRuntime, real: RealPage): PhysicalPage {
  const frame = takeFrame(host, vm, real);
  if (frame === NO_PAGE) endVm(host, vm, VmEnd.HostOutOfFrames);
  return frame;
}

/** Overwrites what the frame's last owner left. */
export function zeroFrame(host: HostRuntime, vm: VmRuntime, frame: PhysicalPage): void {
  if (!host.scenario.host.zeroing || host.machine.frames.isZeroed(frame)) return;
  host.content[frame] = 0;
  vm.clockNs += host.scenario.host.costs.zeroingNs;
  host.recorder.record(FrameZeroed, vm.memory.vm, frame);
}
