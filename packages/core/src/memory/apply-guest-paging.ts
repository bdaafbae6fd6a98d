import { unreachable } from "../assert/index.ts";
import { Backing, EventCode } from "../events/index.ts";
import type { ProcessId } from "../ids/index.ts";
import { Counter } from "./counters.ts";
import { ProcessTables } from "./process-tables.ts";
import type { VmTables } from "./vm-tables.ts";

/** What the events of a guest's own paging, of its files and of its reclaim change. */
export function applyToGuestPaging(vm: VmTables, code: number, process: number, a: number, b: number, c: number, d: number): void {
  const { counters } = vm;
  switch (code) {
    case EventCode.PagePagedOut:
      vm.process(process).diskContent[a] = d;
      counters[Counter.pageOuts]++;
      if (vm.process(process).isFileBacked) counters[Counter.filePageOuts]++;
      return;
    case EventCode.PagePagedIn:
      counters[Counter.pageIns]++;
      if (vm.process(process).isFileBacked) counters[Counter.filePageIns]++;
      return;
    case EventCode.PageDropped:
      counters[Counter.pagesDropped]++;
      return;
    case EventCode.GuestOutOfMemory:
      counters[Counter.guestOutOfMemory]++;
      return;
    case EventCode.RefaultActivated:
      counters[Counter.refaultsActivated]++;
      return;
    case EventCode.FileOpened:
      vm.processes[process - 1] = new ProcessTables(vm.vm, process as ProcessId, a, Backing.Cache, c);
      return;
    case EventCode.FileReadAhead:
      counters[Counter.pagesReadAhead] += b;
      counters[Counter.faults] += b;
      return;
    case EventCode.BackgroundReclaimStarted:
      counters[Counter.backgroundReclaims]++;
      return;
    case EventCode.BackgroundReclaimEnded:
      counters[Counter.backgroundReclaimPages] += b;
      return;
    case EventCode.DirectlyReclaimed:
      counters[Counter.directReclaims]++;
      counters[Counter.directReclaimNs] += d;
      return;
    default:
      return unreachable(code as never, "event of a guest's paging");
  }
}
