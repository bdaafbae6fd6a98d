import { type Frames, type IntColumn, type ProcessTables, TILE_ENTRIES, type VmTables } from "@ballast/core/memory";
import type { Steps } from "./steps.ts";

/** Does something with the stretches of pages in which columns of two tables may differ; all that are equal byte by byte are passed over. */
export function* forUnequalTiles(
  pages: number,
  [before, after]: readonly [readonly IntColumn[], readonly IntColumn[]],
  compare: (first: number, end: number) => void,
): Steps<void> {
  for (let first = 0; first < pages; first += TILE_ENTRIES) {
    yield;
    const end = Math.min(first + TILE_ENTRIES, pages);
    const areEqual = before.length === after.length && before.every((column, index) => isEqual(column, after[index]!, first, end));
    if (!areEqual) compare(first, end);
  }
}

/** The columns by real page; none of a VM that is not there. */
export function realPageColumns(vm: VmTables | undefined): IntColumn[] {
  if (vm === undefined) return [];
  const { realMap, use, swapSlot, swapContent, compressedBlocks, kept, userPage, userProcess } = vm;
  return [realMap, use, swapSlot, swapContent, compressedBlocks, kept, userPage, userProcess];
}

export function virtualPageColumns(process: ProcessTables | undefined): IntColumn[] {
  return process === undefined ? [] : [process.pageTable, process.diskContent];
}

export function frameColumns({ ownerVm, realPage, content, sharers }: Frames): IntColumn[] {
  return [ownerVm, realPage, content, sharers];
}

function isEqual(left: IntColumn, right: IntColumn, first: number, end: number): boolean {
  return bytesOf(left, first, end).equals(bytesOf(right, first, end));
}

function bytesOf(column: IntColumn, first: number, end: number): Buffer {
  const { buffer, byteOffset, byteLength } = column.subarray(first, end);
  return Buffer.from(buffer, byteOffset, byteLength);
}
