import type { IntColumn } from "@ballast/core/memory";
import { BLOCK_ENTRIES, GAP_GOES_ON, type ChangeBlock } from "./change-block.ts";

/** Reused from block to block: encoding happens between two batches of a simulation. */
const scratch = { indexes: new Uint32Array(BLOCK_ENTRIES), values: new Int32Array(BLOCK_ENTRIES) };

/** The entries of a column that are not as in the base. */
export function* findChanges(column: string, values: IntColumn, base: IntColumn): Generator<ChangeBlock, void, void> {
  let start = 0;
  for (let from = 0; from < values.length;) {
    const { count, end } = gather(values, base, from);
    if (count > 0) {
      yield encodeBlock(column, start, count, values.BYTES_PER_ELEMENT);
      start = scratch.indexes[count - 1]! + 1;
    }
    from = end;
  }
}

type Gathered = { count: number; end: number };

/** Loops over one kind of array each: over several, they run several times slower. */
function gather(values: IntColumn, base: IntColumn, from: number): Gathered {
  if (values.BYTES_PER_ELEMENT === 1) return gatherBytes(asBytes(values), asBytes(base), from);
  return gatherIntegers(asIntegers(values), asIntegers(base), from);
}

function gatherIntegers(values: Int32Array, base: Int32Array, from: number): Gathered {
  const { indexes, values: found } = scratch;
  let count = 0;
  let i = from;
  for (; i < values.length && count < BLOCK_ENTRIES; i++) {
    const value = values[i]!;
    if (value === base[i]) continue;
    indexes[count] = i;
    found[count++] = value;
  }
  return { count, end: i };
}

function gatherBytes(values: Uint8Array, base: Uint8Array, from: number): Gathered {
  const { indexes, values: found } = scratch;
  let count = 0;
  let i = from;
  for (; i < values.length && count < BLOCK_ENTRIES; i++) {
    const value = values[i]!;
    if (value === base[i]) continue;
    indexes[count] = i;
    found[count++] = value;
  }
  return { count, end: i };
}

function asBytes(column: IntColumn): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.length);
}

function asIntegers(column: IntColumn): Int32Array {
  return new Int32Array(column.buffer, column.byteOffset, column.length);
}

function encodeBlock(column: string, start: number, count: number, bytesPerEntry: number): ChangeBlock {
  const isDelta = bytesPerEntry === 4 && isMostlySequential(count);
  if (isDelta) turnIntoDeltas(count);
  return { column, start, count, isDelta, gaps: encodeGaps(start, count), planes: splitPlanes(count, bytesPerEntry) };
}

/** Frames given out in order make neighbours differ by little; then differences compress to almost nothing. */
function isMostlySequential(count: number): boolean {
  const { values } = scratch;
  let near = 0;
  for (let i = 1; i < count; i++) {
    const step = (values[i]! - values[i - 1]!) | 0;
    if (step !== 0 && step >= -8 && step <= 8) near++;
  }
  return near * 2 > count;
}

function turnIntoDeltas(count: number): void {
  const { values } = scratch;
  for (let i = count - 1; i > 0; i--) values[i] = values[i]! - values[i - 1]!;
}

function encodeGaps(start: number, count: number): Uint8Array {
  const { indexes } = scratch;
  const longest = Math.ceil((indexes[count - 1]! - start) / GAP_GOES_ON) + count;
  const gaps = new Uint8Array(longest);
  let at = 0;
  let next = start;
  for (let i = 0; i < count; i++) {
    let gap = indexes[i]! - next;
    for (; gap >= GAP_GOES_ON; gap -= GAP_GOES_ON) gaps[at++] = GAP_GOES_ON;
    gaps[at++] = gap;
    next = indexes[i]! + 1;
  }
  return gaps.subarray(0, at);
}

function splitPlanes(count: number, bytesPerEntry: number): Uint8Array {
  const { values } = scratch;
  const planes = new Uint8Array(count * bytesPerEntry);
  for (let byte = 0; byte < bytesPerEntry; byte++) {
    const at = byte * count;
    for (let i = 0; i < count; i++) planes[at + i] = values[i]! >>> (byte * 8);
  }
  return planes;
}
