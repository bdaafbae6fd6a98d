import { Backing } from "../../events/index.ts";
import { ProcessTables } from "../process-tables.ts";
import type { Handlers } from "./handlers.ts";

/** A guest's own paging, its files and its reclaim. */
export const guestPagingHandlers = {
  PagePagedOut: (machine, vm, process, virtual, _real, content) => {
    machine.vm(vm).process(process).writeToDisk(virtual, content);
  },
  PagePagedIn: null,
  PageDropped: null,
  GuestOutOfMemory: null,
  RefaultActivated: null,
  FileOpened: (machine, vm, process, pages, name) => {
    machine.vm(vm).processes[process - 1] = new ProcessTables(vm, process, pages, Backing.Cache, name, machine.source);
  },
  FileReadAhead: null,
  BackgroundReclaimStarted: null,
  BackgroundReclaimEnded: null,
  DirectlyReclaimed: null,
} satisfies Handlers<"guest-paging">;
