import { ActiveSampled, ShatterCause } from "../../../events/index.ts";
import type { RealPage } from "../../../ids/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import { shatterLargePage } from "../large-pages.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";

const MILLIONTHS = 1_000_000;

/** Chooses the pages of a VM's sampling period and invalidates the real map entries of those that have one. */
export function beginSamplingPeriod(host: HostRuntime, vm: VmRuntime): void {
  const { realMap } = vm.memory;
  vm.measures.active?.beginPeriod((page) => {
    if (realMap[page] < 0) return;
    shatterLargePage(host, vm, page as RealPage, ShatterCause.Sampling);
    vm.accessBits.setTrapAny(page);
  });
}

/** Ends a VM's sampling period and begins the next. Entries that were not touched stay invalid until they are. */
export function endSamplingPeriod(host: HostRuntime, vm: VmRuntime): void {
  const { active } = vm.measures;
  if (active === null) return;
  const { touched, sampledPages } = active;
  active.endPeriod(vm.clockNs);
  const estimate = Math.round(active.estimate * MILLIONTHS);
  host.recorder.record(ActiveSampled, vm.memory.vm, touched, sampledPages, estimate);
  beginSamplingPeriod(host, vm);
}
