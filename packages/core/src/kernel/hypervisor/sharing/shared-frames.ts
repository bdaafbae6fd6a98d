import { type FrameLossCause, FrameShared, PageShared, SharedFrameUnmapped, ShatterCause } from "../../../events/index.ts";
import type { PhysicalPage, RealPage } from "../../../ids/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import { shatterLargePage } from "../large-pages.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";

/** Makes the frame behind some VM's page a shared one, which so far backs that page alone. Stores to the page will trap. */
export function shareFrame(host: HostRuntime, frame: PhysicalPage): void {
  const { frames, vms } = host.machine;
  const { vm } = vms[frames.ownerVm[frame] - 1];
  const real = frames.realPage[frame] as RealPage;
  shatterLargePage(host, host.vm(vm), real, ShatterCause.Sharing);
  const content = host.content[frame];
  host.recorder.record(FrameShared, vm, real, frame, content);
  host.vm(vm).accessBits.setTrapStore(real);
  host.sharing.frameByContent.set(content, frame);
}

/** Puts a shared frame of equal content behind a page; the page's own frame is free. */
export function mergePage(host: HostRuntime, vm: VmRuntime, real: RealPage, shared: PhysicalPage): void {
  const frame = vm.memory.physicalPage(real);
  shatterLargePage(host, vm, real, ShatterCause.Sharing);
  host.recorder.record(PageShared, vm.memory.vm, real, frame, shared, host.content[frame]);
  vm.accessBits.setTrapStore(real);
  host.giveBackFrame(frame);
}

/** Takes a shared frame from behind a page. It is free when it backs no other. `cause` is a FrameLossCause. */
export function unmapSharedFrame(host: HostRuntime, vm: VmRuntime, real: RealPage, cause: FrameLossCause): void {
  const frame = vm.memory.physicalPage(real);
  const left = host.machine.frames.sharers[frame] - 1;
  host.recorder.record(SharedFrameUnmapped, vm.memory.vm, real, frame, cause, left);
  if (left > 0) return;
  host.sharing.frameByContent.delete(host.content[frame]);
  host.giveBackFrame(frame);
}

/** Whether a frame stands behind one page alone, and holds this. */
export function isPrivateWith(host: HostRuntime, frame: number, content: number): frame is PhysicalPage {
  return host.machine.frames.ownerVm[frame] > 0 && host.content[frame] === content;
}
