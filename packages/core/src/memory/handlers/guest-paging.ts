import { Backing } from "../../events/index.ts";
import { Counter } from "../counters.ts";
import { ProcessTables } from "../process-tables.ts";
import type { Handlers } from "./handlers.ts";

/** A guest's own paging, its files and its reclaim. */
export const guestPagingHandlers = {
  PagePagedOut: (machine, number, process, virtual, _real, content) => {
    const vm = machine.vm(number);
    const memory = vm.process(process);
    memory.diskContent[virtual] = content;
    vm.counters[Counter.pageOuts]++;
    if (memory.isFileBacked) vm.counters[Counter.filePageOuts]++;
  },
  PagePagedIn: (machine, number, process) => {
    const vm = machine.vm(number);
    vm.counters[Counter.pageIns]++;
    if (vm.process(process).isFileBacked) vm.counters[Counter.filePageIns]++;
  },
  PageDropped: (machine, vm) => {
    machine.vm(vm).counters[Counter.pagesDropped]++;
  },
  GuestOutOfMemory: (machine, vm) => {
    machine.vm(vm).counters[Counter.guestOutOfMemory]++;
  },
  RefaultActivated: (machine, vm) => {
    machine.vm(vm).counters[Counter.refaultsActivated]++;
  },
  FileOpened: (machine, vm, process, pages, name) => {
    machine.vm(vm).processes[process - 1] = new ProcessTables(vm, process, pages, Backing.Cache, name);
  },
  FileReadAhead: (machine, vm, _process, _first, pages) => {
    const { counters } = machine.vm(vm);
    counters[Counter.pagesReadAhead] += pages;
    counters[Counter.faults] += pages;
  },
  BackgroundReclaimStarted: (machine, vm) => {
    machine.vm(vm).counters[Counter.backgroundReclaims]++;
  },
  BackgroundReclaimEnded: (machine, vm, _freePages, reclaimedPages) => {
    machine.vm(vm).counters[Counter.backgroundReclaimPages] += reclaimedPages;
  },
  DirectlyReclaimed: (machine, vm, _process, _virtual, _freePages, waitNs) => {
    const { counters } = machine.vm(vm);
    counters[Counter.directReclaims]++;
    counters[Counter.directReclaimNs] += waitNs;
  },
} satisfies Handlers<"guest-paging">;
