import { EventCode } from "../events/index.ts";
import { LARGE_PAGE_PAGES, type PhysicalPage, type RealPage } from "../ids/index.ts";
import { Counter } from "./counters.ts";
import type { MachineTables } from "./machine-tables.ts";
import type { VmTables } from "./vm-tables.ts";

/** What the events of large pages change in the tables. */
export function applyToLargePages(machine: MachineTables, vm: VmTables, code: number, firstReal: RealPage, firstFrame: PhysicalPage): void {
  if (code === EventCode.LargePageShattered) {
    vm.counters[Counter.largePagesShattered]++;
    return vm.shatter(firstReal);
  }
  vm.counters[Counter.largePagesMapped]++;
  for (let page = 0; page < LARGE_PAGE_PAGES; page++) {
    machine.mapFrame(vm, (firstReal + page) as RealPage, (firstFrame + page) as PhysicalPage);
  }
  vm.mapLarge(firstReal);
}
