import { FrameLossCause, OverheadReleased, type VmEnd, VmTerminated } from "../../events/index.ts";
import type { PhysicalPage, RealPage } from "../../ids/index.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";
import { forgetContent } from "./kept-content.ts";
import { recordVmSamples } from "./samples.ts";
import { resumeVm } from "./suspension.ts";
import { unmapFrame } from "./unmap-frame.ts";

/** Takes away what the hypervisor has of a real page: its frame, or its content wherever that is kept. */
export function releaseBacking(host: HostRuntime, vm: VmRuntime, real: RealPage, cause: FrameLossCause): void {
  if (vm.memory.isResident(real)) unmapFrame(host, vm, real, cause);
  else forgetContent(host, vm, real);
}

/** Switches a VM off; everything it held on the host is free again. */
export function endVm(host: HostRuntime, vm: VmRuntime, cause: VmEnd): void {
  const { memory } = vm;
  if (memory.isSuspended) resumeVm(host, vm);
  for (let real = 0; real < memory.configuredPages; real++) {
    releaseBacking(host, vm, real as RealPage, FrameLossCause.Exit);
  }
  for (let at = 0; at < vm.overheadRanges.length; at += 2) {
    const [first, end] = [vm.overheadRanges[at] as PhysicalPage, vm.overheadRanges[at + 1]];
    host.recorder.record(OverheadReleased, memory.vm, first, end);
    for (let frame = end - 1; frame >= first; frame--) host.giveBackFrame(frame as PhysicalPage);
  }
  vm.overheadRanges = [];
  recordVmSamples(host, vm);
  vm.isOn = false;
  host.recorder.record(VmTerminated, memory.vm, cause);
}
