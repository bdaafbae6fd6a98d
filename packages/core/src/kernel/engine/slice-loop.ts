import type { RealPage } from "../../ids/index.ts";
import type { SliceLevel } from "../../trace/index.ts";
import type { SliceTables } from "../state/access-bits.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import type { ProcessRuntime } from "../state/process-runtime.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";

type SliceRun = {
  readonly host: HostRuntime;
  readonly vm: VmRuntime;
  readonly process: ProcessRuntime;
  readonly tables: SliceTables;
  /** Whether someone keeps pages in the order of their last accesses. */
  readonly keepsOrder: boolean;
};

/**
 * Makes whole slices of the trace that the process's buffer is a part of, as long as all of their accesses hit and they end
 * at or before `end` in the buffer. Moves the cursor.
 */
export function runSlices(host: HostRuntime, vm: VmRuntime, process: ProcessRuntime, end: number): void {
  const { packed } = process.buffer;
  if (packed === null || packed.block.slices === null) return;
  const { slices } = packed.block;
  const tables = { pages: slices.pages, pageTable: process.space.memory.pageTable, realMap: vm.memory.realMap };
  const keepsOrder = vm.victims.lru !== null || vm.needsAccessNotifications(process);
  const run = { host, vm, process, tables, keepsOrder };
  for (;;) {
    const position = packed.first + process.cursor;
    const left = end - process.cursor;
    const coarse = sliceAt(slices.coarse, position, left);
    if (coarse >= 0 && makeSlice(run, slices.coarse, coarse)) continue;
    const fine = sliceAt(slices.fine, position, left);
    if (fine < 0 || !makeSlice(run, slices.fine, fine)) return;
  }
}

/** The slice that begins at a reference and has no more references than are left; -1 if there is none. */
function sliceAt({ references, writes }: SliceLevel, position: number, left: number): number {
  if (left < references || (position & (references - 1)) !== 0) return -1;
  const slice = position / references;
  return slice < writes.length ? slice : -1;
}

function makeSlice({ host, vm, process, tables, keepsOrder }: SliceRun, level: SliceLevel, slice: number): boolean {
  if (!vm.accessBits.trySlice(level, slice, tables, host)) return false;
  process.cursor += level.references;
  if (keepsOrder) tellLatestAccesses(vm, process, tables, level.touched.subarray(level.touchedFrom[slice], level.touchedFrom[slice + 1]));
  return true;
}

/** Of each page the latest access, in their order: more than that does not change an order of last accesses. */
function tellLatestAccesses(vm: VmRuntime, process: ProcessRuntime, { pages, pageTable }: SliceTables, touched: Uint16Array): void {
  const { lru } = vm.victims;
  const isGuestTold = vm.needsAccessNotifications(process);
  for (let i = 0; i < touched.length; i++) {
    const real = pageTable[pages[touched[i]]];
    lru?.moveToEnd(real);
    if (isGuestTold) vm.replacement.onAccess(real as RealPage);
  }
}
