import { assert } from "../../assert/index.ts";
import type { RealPage, VirtualPage } from "../../ids/index.ts";
import type { ProcessTables, VmTables } from "../../memory/index.ts";
import type { AccessBits } from "./access-bits.ts";
import type { PageFilter } from "./replacement/replacement-list.ts";
import { hasExited, type ProcessRuntime } from "./process-runtime.ts";

/**
 * A guest's own swap: the places on its disk for anonymous pages. If it is limited, a page that is read back gives its place
 * up and is dirty again, so that just those pages have one that are not in memory. (Linux does so once more than half of its
 * swap is used.) If it is not, a page keeps what its disk holds.
 */
export class GuestSwap {
  private readonly capacityPages: number | null;
  /** Anonymous pages that are on the disk only. Follows from the tables, so it needs no saving. */
  private usedPages = 0;
  private readonly memory: VmTables;
  private readonly accessBits: AccessBits;
  /** Whether a page can be given up without a place in the swap: a clean one, or one of a file. */
  private readonly needsNoPlace: PageFilter = (real) => {
    if (!this.accessBits.isDirty(real)) return true;
    return this.memory.process(this.memory.userProcess[real]).isFileBacked;
  };

  constructor(capacityPages: number | null, memory: VmTables, accessBits: AccessBits) {
    this.capacityPages = capacityPages;
    this.memory = memory;
    this.accessBits = accessBits;
  }

  /** Which pages can be given up now; null: all. */
  get mayLeave(): PageFilter | null {
    return this.capacityPages === null || this.usedPages < this.capacityPages ? null : this.needsNoPlace;
  }

  /** A dirty page was written to the disk. */
  pagedOut(process: ProcessTables): void {
    if (this.capacityPages === null || process.isFileBacked) return;
    this.usedPages++;
    assert(this.usedPages <= this.capacityPages, () => `${this.usedPages} pages are in a guest's swap of ${this.capacityPages}`);
  }

  /** A page is in memory, from the disk if that has it. */
  onLoad(process: ProcessTables, virtual: VirtualPage, real: RealPage): void {
    if (this.capacityPages === null || process.isFileBacked || process.diskContent[virtual] === 0) return;
    this.usedPages--;
    assert(this.usedPages >= 0, () => `page ${virtual} of process ${process.process} leaves a guest's swap that is empty`);
    this.accessBits.markDirty(real);
  }

  /** A process is about to exit: its pages in the swap are not needed any more. */
  exited(process: ProcessTables): void {
    if (this.capacityPages === null) return;
    this.usedPages -= pagesOnDiskOnly(process);
    assert(this.usedPages >= 0, () => `process ${process.process} had more pages in a guest's swap than that held`);
  }

  /** After the tables were loaded. */
  recount(processes: readonly ProcessRuntime[]): void {
    this.usedPages = 0;
    if (this.capacityPages === null) return;
    for (const process of processes) if (!hasExited(process)) this.usedPages += pagesOnDiskOnly(process.memory);
  }
}

/** Anonymous pages of a process that its guest's swap holds and its memory does not. */
export function pagesOnDiskOnly(process: ProcessTables): number {
  if (process.isFileBacked) return 0;
  let pages = 0;
  for (let page = 0 as VirtualPage; page < process.virtualPages; page++) {
    if (process.diskContent[page] !== 0 && !process.isMapped(page)) pages++;
  }
  return pages;
}
