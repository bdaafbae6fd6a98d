import { BackgroundReclaimEnded, BackgroundReclaimStarted, UnmapCause } from "../../events/index.ts";
import { NO_PAGE } from "../../ids/index.ts";
import { evictPage } from "./guest-paging.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import { NEVER } from "../structures/never.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";

/** Pages that the guest's background thread takes at one go: Linux's SWAP_CLUSTER_MAX. */
const TURN_PAGES = 32;

/** Wakes the guest's background reclaim (Linux's kswapd) if fewer than low pages are free now. */
export function wakeBackgroundReclaim(host: HostRuntime, vm: VmRuntime): void {
  const { watermarks } = vm.spec;
  if (watermarks === null || !vm.isOn || vm.reclaim.turnNs !== NEVER) return;
  const freePages = vm.freeRealPages.free;
  if (freePages >= watermarks.lowPages) return;
  vm.reclaim.turnNs = vm.clockNs;
  vm.reclaim.pages = 0;
  host.recorder.record(BackgroundReclaimStarted, vm.memory.vm, freePages, watermarks.lowPages);
}

/**
 * One turn: the pages that the turn before has written are free now; then up to 32 more are given up, clean ones free at
 * once. The next turn comes when the writes of this one are done. The process that runs in the VM does not wait for any of
 * it, but for what the hypervisor does meanwhile: that stops the VM's one processor.
 */
export function reclaimInBackground(host: HostRuntime, vm: VmRuntime): void {
  const { watermarks } = vm.spec;
  if (watermarks === null) return;
  const startNs = vm.clockNs;
  vm.freeWrittenPages();
  let doneNs = startNs;
  let taken = 0;
  while (vm.isOn && taken < TURN_PAGES && vm.freeRealPages.free + vm.reclaim.written.length < watermarks.highPages) {
    const real = evictPage(host, vm, UnmapCause.Background);
    if (real === NO_PAGE) break;
    taken++;
    doneNs = Math.max(doneNs, vm.evictedUntilNs);
    if (vm.evictedUntilNs > startNs) vm.reclaim.written.push(real);
    else vm.giveBackRealPage(real);
  }
  if (!vm.isOn) return;
  vm.reclaim.pages += taken;
  const isDone = vm.freeRealPages.free >= watermarks.highPages;
  if (taken > 0 && !isDone) vm.reclaim.turnNs = Math.max(doneNs, startNs + taken * host.scenario.host.costs.guestReclaimNs);
  else endTurns(host, vm);
}

/** High is reached, or there is nothing left to give up. */
function endTurns(host: HostRuntime, vm: VmRuntime): void {
  vm.reclaim.turnNs = NEVER;
  const freePages = vm.freeRealPages.free;
  host.recorder.record(BackgroundReclaimEnded, vm.memory.vm, freePages, vm.reclaim.pages);
}
