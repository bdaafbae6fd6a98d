import { EventCode } from "../events/index.ts";
import type { RealPage } from "../ids/index.ts";
import { Counter } from "./counters.ts";
import type { VmTables } from "./vm-tables.ts";

/** What events change of pages that the hypervisor keeps elsewhere than in its swap, or swaps in vain. */
export function applyToKept(vm: VmTables, code: number, real: RealPage, d: number): void {
  switch (code) {
    case EventCode.SilentSwapWrite:
      vm.counters[Counter.silentSwapWrites]++;
      return;
    case EventCode.StaleSwapRead:
      vm.counters[Counter.staleSwapReads]++;
      return;
    case EventCode.FalseSwapRead:
      vm.counters[Counter.falseSwapReads]++;
      return;
    case EventCode.PageUnmappedByMapper:
      vm.counters[Counter.mapperUnmaps]++;
      return vm.keepOnGuestDisk(real, d);
    case EventCode.PageReadByMapper:
      vm.counters[Counter.mapperReads]++;
      return vm.forgetKept(real);
    default:
      return vm.forgetKept(real);
  }
}
