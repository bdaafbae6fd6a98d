import { type IntColumn, type Table, type TableColumn, TILE_ENTRIES } from "@ballast/core/memory";
import { GAP_GOES_ON, REGION_ENTRIES, type ChangeBlock } from "./change-block.ts";
import type { TileBase } from "./tile-base.ts";

/** Reused from block to block: encoding happens between two batches of a simulation. */
const scratch = { indexes: new Uint32Array(REGION_ENTRIES), values: new Int32Array(REGION_ENTRIES) };

/** What differs in one region of a table: its number, and the columns that have other entries there. */
export type RegionChanges = { readonly region: number; readonly blocks: readonly ChangeBlock[] };

/** The regions of a table, ascending, that are not as in the base, looked for in the tiles that were written since. */
export function* findChanges({ columns }: Table, base: TileBase): Generator<RegionChanges, void, void> {
  const [first] = columns;
  const changed = first === undefined ? [] : base.changedTiles(first);
  for (const [region, tiles] of Map.groupBy(changed, (tile) => Math.floor((tile * TILE_ENTRIES) / REGION_ENTRIES))) {
    const blocks = columns.flatMap((column) => changesIn(column, base, tiles) ?? []);
    if (blocks.length > 0) yield { region, blocks };
  }
}

function changesIn(column: TableColumn, base: TileBase, tiles: readonly number[]): ChangeBlock | undefined {
  const { name, values, tileEntries } = column;
  let count = 0;
  for (const tile of tiles) {
    const first = tile * tileEntries;
    if (first >= values.length) break;
    count += gather(values, first, base.tile(column, tile), count);
  }
  const start = (tiles[0] ?? 0) * tileEntries;
  return count === 0 ? undefined : encodeBlock(name, start, count, values.BYTES_PER_ELEMENT);
}

/** Appends the entries from `first` on that differ to the scratch, and returns how many. */
function gather(values: IntColumn, first: number, base: IntColumn, count: number): number {
  const own = values.subarray(first, first + base.length);
  const entriesPerWord = WORD_BYTES / values.BYTES_PER_ELEMENT;
  const note =
    entriesPerWord === 1 ? noteIntegers(asIntegers(own), asIntegers(base), first) : noteBytes(asBytes(own), asBytes(base), first);
  const words = Math.floor(own.length / entriesPerWord);
  const at = gatherWords(asWords(own, words), asWords(base, words), { entriesPerWord, note, count });
  return note(words * entriesPerWord, own.length, at) - count;
}

const WORD_BYTES = 4;

/** Appends the entries [from, end) that differ behind the first `count`, and returns how many there are then. */
type NoteChanges = (from: number, end: number, count: number) => number;
type Gathering = { readonly entriesPerWord: number; readonly note: NoteChanges; readonly count: number };

/** Looks at four words at a time: most are as they were. */
function gatherWords(words: Int32Array, base: Int32Array, { entriesPerWord, note, count }: Gathering): number {
  let at = count;
  const fours = words.length & ~3;
  for (let i = 0; i < fours; i += 4) {
    const isEqual =
      ((words[i]! ^ base[i]!) | (words[i + 1]! ^ base[i + 1]!) | (words[i + 2]! ^ base[i + 2]!) | (words[i + 3]! ^ base[i + 3]!)) === 0;
    if (!isEqual) at = note(i * entriesPerWord, (i + 4) * entriesPerWord, at);
  }
  return note(fours * entriesPerWord, words.length * entriesPerWord, at);
}

/** One loop for each kind of array. */
function noteIntegers(values: Int32Array, base: Int32Array, first: number): NoteChanges {
  const { indexes, values: found } = scratch;
  return (from, end, count) => {
    let at = count;
    for (let i = from; i < end; i++) {
      const value = values[i]!;
      if (value === base[i]) continue;
      indexes[at] = first + i;
      found[at++] = value;
    }
    return at;
  };
}

function noteBytes(values: Uint8Array, base: Uint8Array, first: number): NoteChanges {
  const { indexes, values: found } = scratch;
  return (from, end, count) => {
    let at = count;
    for (let i = from; i < end; i++) {
      const value = values[i]!;
      if (value === base[i]) continue;
      indexes[at] = first + i;
      found[at++] = value;
    }
    return at;
  };
}

/** Tiles begin at multiples of a word. */
function asWords(column: IntColumn, words: number): Int32Array {
  return new Int32Array(column.buffer, column.byteOffset, words);
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
