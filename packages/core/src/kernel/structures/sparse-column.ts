import { assert } from "../../assert/index.ts";

type Column = Uint8Array | Int32Array | Uint32Array | Float64Array;

/** A column as a snapshot keeps it: of most pages of a large host there is nothing to say, and nothing is kept. */
export type SparseColumn<C extends Column = Column> = {
  readonly length: number;
  /** Ascending numbers of the parts that are not all zeros. */
  readonly parts: Int32Array;
  /** Their entries, one part after the other; the column's last part may be shorter. */
  readonly values: C;
};

const PART_ENTRIES = 4_096;
const WORD_BYTES = 4;

/** Copies a column without the parts that are all zeros. */
export function saveSparse<C extends Column>(column: C): SparseColumn<C> {
  const parts = writtenParts(column);
  const values = columnLike(
    column,
    parts.reduce((sum, part) => sum + partOf(column, part).length, 0),
  );
  let at = 0;
  for (const part of parts) {
    const entries = partOf(column, part);
    values.set(entries, at);
    at += entries.length;
  }
  return { length: column.length, parts: Int32Array.from(parts), values };
}

/** Makes a column of the same length what it was when it was saved. Parts that are zeros already are not written to. */
export function loadSparse<C extends Column>(column: C, saved: SparseColumn<C>): void {
  assert(column.length === saved.length, () => `a column of ${saved.length} entries is loaded into one of ${column.length}`);
  for (const part of writtenParts(column)) partOf(column, part).fill(0);
  let at = 0;
  for (const part of saved.parts) {
    const entries = partOf(column, part);
    entries.set(saved.values.subarray(at, at + entries.length));
    at += entries.length;
  }
}

/** A new column as it was when it was saved. */
export function expandSparse<C extends Column>(saved: SparseColumn<C>): C {
  const column = columnLike(saved.values, saved.length);
  loadSparse(column, saved);
  return column;
}

function writtenParts(column: Column): number[] {
  const parts: number[] = [];
  const words = new Int32Array(column.buffer, column.byteOffset, Math.floor(column.byteLength / WORD_BYTES));
  const wordsPerPart = (PART_ENTRIES * column.BYTES_PER_ELEMENT) / WORD_BYTES;
  const rest = column.subarray((words.length * WORD_BYTES) / column.BYTES_PER_ELEMENT);
  const count = Math.ceil(column.length / PART_ENTRIES);
  for (let part = 0; part < count; part++) {
    const first = part * wordsPerPart;
    const isZero = areZeros(words, first, Math.min(first + wordsPerPart, words.length)) && (part < count - 1 || rest.every(isZeroEntry));
    if (!isZero) parts.push(part);
  }
  return parts;
}

/** Whether the words [first, end) are zeros. One type of array for all columns: of a large host most of a save is spent here. */
function areZeros(words: Int32Array, first: number, end: number): boolean {
  let at = first;
  for (; at + 8 <= end; at += 8) {
    const low = words[at] | words[at + 1] | words[at + 2] | words[at + 3];
    if ((low | words[at + 4] | words[at + 5] | words[at + 6] | words[at + 7]) !== 0) return false;
  }
  for (; at < end; at++) if (words[at] !== 0) return false;
  return true;
}

const isZeroEntry = (entry: number): boolean => entry === 0;

function partOf<C extends Column>(column: C, part: number): C {
  return column.subarray(part * PART_ENTRIES, (part + 1) * PART_ENTRIES) as C;
}

function columnLike<C extends Column>(column: C, length: number): C {
  return new (column.constructor as new (length: number) => C)(length);
}
