import { IdleScanned } from "../../events/index.ts";
import { NO_PAGE } from "../../ids/index.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import { countEntries, spreadAllAccessed } from "./large-pages.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";

/**
 * Reads and clears the hypervisor's accessed bits of a VM; what was not accessed since the last scan is idle. A large page
 * has one bit for all of its 512.
 */
export function scanIdlePages(host: HostRuntime, vm: VmRuntime): void {
  const { memory, accessBits } = vm;
  const { realMap } = memory;
  spreadAllAccessed(vm);
  let idlePages = 0;
  for (let page = 0; page < realMap.length; page++) {
    if (realMap[page] === NO_PAGE) continue;
    if (accessBits.scanIdle(page)) idlePages++;
  }
  vm.idlePages = idlePages;
  const costNs = countEntries(memory) * host.scenario.host.costs.idleScanPageNs;
  host.recorder.record(IdleScanned, memory.vm, memory.residentPages, idlePages, costNs);
}
