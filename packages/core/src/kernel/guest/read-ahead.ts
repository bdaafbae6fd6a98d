import { FileReadAhead } from "../../events/index.ts";
import { NO_PAGE, type VirtualPage } from "../../ids/index.ts";
import { loadPage, takeSparePage } from "./guest-paging.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import type { ProcessRuntime } from "../state/process-runtime.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";

/**
 * Pages that the request for a missing one reads: with it those behind it that are missing too, as many as the workload
 * reads ahead, up to the end of the file. Linux's window grows with a stream and is asked for before its end is reached;
 * this one does neither.
 */
export function requestPages(process: ProcessRuntime, missing: VirtualPage): number {
  const { memory } = process.space;
  if (!memory.isCache) return 1;
  const end = Math.min(memory.virtualPages, missing + 1 + process.buffer.readAheadPages);
  let page = missing + 1;
  while (page < end && !memory.isMapped(page as VirtualPage)) page++;
  return page - missing;
}

/** Takes the pages behind the first of a request into the page cache, as far as the guest finds room for them. */
export function keepReadAhead(host: HostRuntime, vm: VmRuntime, file: ProcessRuntime, missed: VirtualPage, readPages: number): void {
  const first = missed + 1;
  const end = missed + readPages;
  let page = first;
  for (; page < end; page++) {
    const real = takeSparePage(host, vm);
    if (real !== NO_PAGE) loadPage(host, vm, { process: file, virtual: page as VirtualPage, real, readPages: 0 });
    if (real === NO_PAGE || !vm.isOn) break;
  }
  if (page > first) host.recorder.record(FileReadAhead, vm.memory.vm, file.memory.process, first as VirtualPage, page - first);
}
