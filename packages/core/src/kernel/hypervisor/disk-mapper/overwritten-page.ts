import { FalseSwapRead, HostFaultNeed, StaleSwapRead } from "../../../events/index.ts";
import type { RealPage } from "../../../ids/index.ts";
import { Counter } from "../../../memory/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import { backRealPage } from "../host-fault.ts";
import { forgetContent } from "../kept-content.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";

/**
 * Puts a frame behind a real page that the guest is about to overwrite as a whole: it reads its disk into it, or fills it with
 * zeros. Swapping its old content in is in vain, yet without VSwapper's preventer the hypervisor does it (N. Amit, D.
 * Tsafrir, A. Schuster, ASPLOS 2014, sections 3 and 4.2). Ends the VM for want of a frame.
 */
export function backOverwrittenPage(host: HostRuntime, vm: VmRuntime, real: RealPage, isReadFromDisk: boolean): void {
  const { memory } = vm;
  if (host.hasDiskMapper) forgetContent(host, vm, real);
  const isSwapped = memory.isSwapped(real);
  const waitedNs = memory.counters[Counter.hostWaitNs];
  backRealPage(host, vm, { real, neededBy: HostFaultNeed.Other });
  if (!vm.isOn || !isSwapped) return;
  const type = isReadFromDisk ? StaleSwapRead : FalseSwapRead;
  host.recorder.record(type, memory.vm, real, memory.counters[Counter.hostWaitNs] - waitedNs);
}
