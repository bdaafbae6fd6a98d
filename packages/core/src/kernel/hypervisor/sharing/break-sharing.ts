import { FrameUnshared, HostFaultNeed, SharedPageCopied, TrapCause, VmEnd } from "../../../events/index.ts";
import { NO_PAGE, type PhysicalPage, type RealPage } from "../../../ids/index.ts";
import { takeFrame } from "../give-frame.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import { endVm } from "../end-vm.ts";
import { backRealPage, trap } from "../host-fault.ts";
import type { Touch } from "../touch.ts";
import { keepWithinLimit } from "../memory-limit.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";

/**
 * Copy-on-write: a store to a page with a shared frame traps, and the page gets a frame of its own with a copy. The last
 * page that a frame backs gets that very frame. Ends the VM for want of a frame.
 */
export function breakSharing(host: HostRuntime, vm: VmRuntime, touch: Touch): void {
  const { real } = touch;
  trap(host, vm, TrapCause.StoreToSharedPage, touch);
  keepWithinLimit(host, vm);
  if (!isSharedByOthers(host, vm, real)) return takeBackOrRestore(host, vm, real);
  const frame = takeFrame(host, vm, real);
  if (!isSharedByOthers(host, vm, real)) {
    // While the policy was asked for frames, the other pages were taken, or this one.
    if (frame !== NO_PAGE) host.giveBackFrame(frame);
    takeBackOrRestore(host, vm, real);
  } else if (frame === NO_PAGE) endVm(host, vm, VmEnd.HostOutOfFrames);
  else copySharedPage(host, vm, real, frame);
}

/** The page may itself have been taken meanwhile, for its VM's limit or by the policy. */
function takeBackOrRestore(host: HostRuntime, vm: VmRuntime, real: RealPage): void {
  if (vm.memory.isResident(real)) takeBack(host, vm, real);
  else backRealPage(host, vm, { real, neededBy: HostFaultNeed.Other });
}

function isSharedByOthers(host: HostRuntime, vm: VmRuntime, real: RealPage): boolean {
  return vm.memory.isResident(real) && host.machine.frames.sharers[vm.memory.physicalPage(real)] > 1;
}

/** Whatever the frame held before is overwritten, so that it need not be zeroed. */
function copySharedPage(host: HostRuntime, vm: VmRuntime, real: RealPage, frame: PhysicalPage): void {
  const shared = vm.memory.physicalPage(real);
  const costNs = host.scenario.host.costs.copyPageNs;
  vm.clockNs += costNs;
  host.content[frame] = host.content[shared];
  host.recorder.record(SharedPageCopied, vm.memory.vm, real, shared, frame, costNs);
  vm.accessBits.clearTrapStore(real);
}

function takeBack(host: HostRuntime, vm: VmRuntime, real: RealPage): void {
  const frame = vm.memory.physicalPage(real);
  host.sharing.frameByContent.delete(host.content[frame]);
  host.recorder.record(FrameUnshared, vm.memory.vm, real, frame);
  vm.accessBits.clearTrapStore(real);
}
