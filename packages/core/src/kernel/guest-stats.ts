import { NO_PAGE } from "../ids/index.ts";
import { Counter, type ProcessMemory } from "../memory/index.ts";
import type { GuestStats } from "../policy/index.ts";
import { GUEST_DIRTY } from "./access-bits.ts";
import { hasExited } from "./process-exit.ts";
import type { RunningVm } from "./running-vm.ts";

/**
 * What a guest OS tells its balloon driver about its memory, with the meaning of virtio-balloon's statistics: faults are
 * of all its processes, file pages included; page-outs and page-ins are those of its swap alone.
 */
export function guestStats(vm: RunningVm): GuestStats {
  const { counters, allocatedPages } = vm.memory;
  const freePages = vm.freeRealPages.free;
  return {
    totalPages: allocatedPages,
    freePages,
    availablePages: freePages + cleanFilePages(vm),
    majorFaults: counters[Counter.guestMajorFaults],
    minorFaults: counters[Counter.guestMinorFaults],
    pageOuts: counters[Counter.pageOuts] - counters[Counter.filePageOuts],
    pageIns: counters[Counter.pageIns] - counters[Counter.filePageIns],
  };
}

/**
 * What the guest has promised: anonymous address space that its processes asked for, touched or not, and what its kernel
 * keeps. Linux's Committed_AS counts the same of processes: pages of files need no swap, so they are not promised.
 */
export function committedPages(vm: RunningVm): number {
  let pages = vm.memory.kernelPages;
  for (const process of vm.processes) {
    if (!process.memory.isFileBacked && !hasExited(process)) pages += process.memory.virtualPages;
  }
  return pages;
}

function cleanFilePages(vm: RunningVm): number {
  let pages = 0;
  for (const process of vm.memory.processes) {
    if (process.isFileBacked && process.mappedPages > 0) pages += cleanPages(process, vm.accessBits);
  }
  return pages;
}

function cleanPages({ pageTable }: ProcessMemory, accessBits: Uint8Array): number {
  let pages = 0;
  for (let page = 0; page < pageTable.length; page++) {
    const real = pageTable[page];
    if (real !== NO_PAGE && (accessBits[real] & GUEST_DIRTY) === 0) pages++;
  }
  return pages;
}
