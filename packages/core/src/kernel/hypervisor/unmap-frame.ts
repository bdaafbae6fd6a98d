import { type FrameLossCause, FrameUnmapped, ShatterCause } from "../../events/index.ts";
import type { RealPage } from "../../ids/index.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import { shatterLargePage } from "./large-pages.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";
import { unmapSharedFrame } from "./sharing/shared-frames.ts";

/**
 * Takes the frame from behind a real page; nothing protects the entry any more, for there is none. The frame is free,
 * unless it is shared and backs other pages too.
 */
export function unmapFrame(host: HostRuntime, vm: VmRuntime, real: RealPage, cause: FrameLossCause): void {
  shatterLargePage(host, vm, real, ShatterCause.FrameTaken);
  const frame = vm.memory.physicalPage(real);
  if (host.machine.frames.isShared(frame)) unmapSharedFrame(host, vm, real, cause);
  else {
    host.recorder.record(FrameUnmapped, vm.memory.vm, real, frame, cause);
    host.giveBackFrame(frame);
  }
  vm.accessBits.clearTraps(real);
  vm.measures.ages?.unmapped(real);
  vm.victims.unmapped(real);
}
