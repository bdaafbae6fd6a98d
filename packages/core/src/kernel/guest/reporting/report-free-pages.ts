import { assert } from "../../../assert/index.ts";
import { FrameLossCause, FreePagesReported, TrapCause } from "../../../events/index.ts";
import { NO_PROCESS, NO_PAGE, type RealPage } from "../../../ids/index.ts";
import type { VmTables } from "../../../memory/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import { releaseBacking } from "../../hypervisor/end-vm.ts";
import { trap } from "../../hypervisor/host-fault.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";
import { NOTHING_DUE } from "../../state/reporting/free-page-reporting.ts";

/** A pass of the guest: reports every block that has been free for long enough, several in a call of the hypervisor. */
export function reportFreePages(host: HostRuntime, vm: VmRuntime): void {
  const { reporting } = vm;
  assert(reporting !== null, () => `VM ${vm.memory.vm} has nothing to report with`);
  host.recorder.decision = vm.decisions.reporting;
  const { blocksAtOnce } = reporting.spec;
  let firstPages: number[] = [];
  for (let first = reporting.takeDue(vm.clockNs); first !== NOTHING_DUE; first = reporting.takeDue(vm.clockNs)) {
    if (!isAnyBacked(vm.memory, first, reporting.pagesPerBlock)) continue;
    firstPages.push(first);
    if (firstPages.length < blocksAtOnce) continue;
    reportBlocks(host, vm, firstPages, reporting.pagesPerBlock);
    firstPages = [];
  }
  if (firstPages.length > 0) reportBlocks(host, vm, firstPages, reporting.pagesPerBlock);
  host.recorder.decision = 0;
}

/** One call. The hypervisor takes the frames, and the pages' slots in its swap, because they will not be read again. */
function reportBlocks(host: HostRuntime, vm: VmRuntime, firstPages: readonly number[], pagesPerBlock: number): void {
  const { memory } = vm;
  const { trapNs, reportPageNs } = host.scenario.host.costs;
  const pages = firstPages.length * pagesPerBlock;
  const resident = memory.residentPages;
  trap(host, vm, TrapCause.FreePageReport, { process: NO_PROCESS, virtual: NO_PAGE, real: NO_PAGE }, trapNs + pages * reportPageNs);
  for (const first of firstPages) {
    for (let page = first; page < first + pagesPerBlock; page++) {
      releaseBacking(host, vm, page as RealPage, FrameLossCause.FreePageReport);
    }
  }
  const frames = resident - memory.residentPages;
  host.recorder.record(FreePagesReported, memory.vm, pages, frames, firstPages.length);
}

function isAnyBacked(memory: VmTables, first: number, pages: number): boolean {
  for (let page = first as RealPage; page < first + pages; page++) {
    if (memory.isResident(page) || memory.isSwapped(page)) return true;
  }
  return false;
}
