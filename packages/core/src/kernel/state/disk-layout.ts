import type { VirtualPage } from "../../ids/index.ts";
import type { VmTables } from "../../memory/index.ts";

/** Processes lie on the guest's disk one after the other, and so far apart that no one follows another without a gap. */
const GAP_PAGES = 1;

/** Where the guest's disk keeps a page, in pages from its beginning. */
export function diskPosition(processes: readonly { readonly virtualPages: number }[], process: number, virtual: VirtualPage): number {
  let first = 0;
  for (let before = 0; before < process - 1; before++) first += processes[before].virtualPages + GAP_PAGES;
  return first + virtual;
}

/** What the guest's disk holds at a position. */
export function diskContentAt({ processes }: VmTables, position: number): number {
  let at = position;
  for (const { virtualPages, diskContent } of processes) {
    if (at < virtualPages) return diskContent[at];
    at -= virtualPages + GAP_PAGES;
  }
  return 0;
}
