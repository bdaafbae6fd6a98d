import { NO_PROCESS } from "../../ids/index.ts";
import { Counter } from "../../memory/index.ts";
import type { GuestStats } from "../../policy/index.ts";
import { hasExited } from "../state/process-runtime.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";

/**
 * What a guest OS tells its balloon driver about its memory, with the meaning of virtio-balloon's statistics: faults are
 * of all its processes, file pages included; page-outs and page-ins are those of its swap alone.
 */
export function guestStats(vm: VmRuntime): GuestStats {
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
export function committedPages(vm: VmRuntime): number {
  let pages = vm.memory.kernelPages;
  for (const process of vm.processes) {
    if (!process.memory.isFileBacked && !hasExited(process)) pages += process.memory.virtualPages;
  }
  return pages;
}

/** Looks at the real pages, for they are bounded by the VM's memory, and files are not. */
function cleanFilePages({ memory, accessBits }: VmRuntime): number {
  const isFile = memory.processes.map((process) => process.isFileBacked);
  if (!memory.processes.some((process) => process.isFileBacked && process.mappedPages > 0)) return 0;
  const { userProcess } = memory;
  let pages = 0;
  for (let real = 0; real < userProcess.length; real++) {
    const process = userProcess[real];
    if (process !== NO_PROCESS && isFile[process - 1] && !accessBits.isDirty(real)) pages++;
  }
  return pages;
}
