import { AccessKind } from "../../events/index.ts";
import { BLOCK_HEADER_BYTES, DICTIONARY_PLANES, encodedBlockBytes, indexPlanes } from "./block-layout.ts";
import type { SliceSummaries } from "./slice-summaries.ts";
import { summarizeSlices } from "./summarize-slices.ts";
import { REFERENCES_PER_BLOCK, type ReferenceArrays, type TraceBlock } from "../trace.ts";

/** A block that `BlockEncoder` made, as it is stored: its different references, and for each reference an index to them. */
export class CompactBlock implements TraceBlock {
  readonly length: number;
  readonly slices = null;
  /** What it takes in memory. */
  readonly bytes: number;
  readonly #pages: Int32Array;
  readonly #kinds: Uint8Array;
  /** Least significant bytes of the indexes; behind them, if there are two planes, the others. */
  readonly #indexes: Uint8Array;
  readonly #isWide: boolean;

  readonly #refuse: () => never;

  private constructor(length: number, dictionary: ReferenceArrays, indexes: Uint8Array, refuse: () => never) {
    this.length = length;
    this.bytes = indexes.byteLength + dictionary.pages.byteLength + dictionary.kinds.byteLength;
    this.#pages = dictionary.pages;
    this.#kinds = dictionary.kinds;
    this.#indexes = indexes;
    this.#isWide = indexPlanes(dictionary.pages.length) === 2;
    this.#refuse = refuse;
  }

  /** Keeps the bytes. Calls `refuse` if they cannot be a block; later if an index that is needed then is of no reference. */
  static read(bytes: Uint8Array, refuse: () => never): CompactBlock {
    if (bytes.length < BLOCK_HEADER_BYTES) return refuse();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const length = view.getUint32(0, true);
    const distinct = view.getUint32(4, true);
    if (length === 0 || length > REFERENCES_PER_BLOCK || distinct === 0 || distinct > length) return refuse();
    if (bytes.length !== encodedBlockBytes(length, distinct)) return refuse();
    const indexes = bytes.subarray(BLOCK_HEADER_BYTES + DICTIONARY_PLANES * distinct);
    return new CompactBlock(length, readDictionary(bytes, distinct), indexes, refuse);
  }

  /** What its slices touch: about as much work as making its accesses. */
  summarize(): SliceSummaries {
    const isStore = this.#kinds.map((kind) => (kind < AccessKind.Store ? 0 : 1));
    return summarizeSlices({
      length: this.length,
      indexes: this.#indexes,
      isWide: this.#isWide,
      pages: this.#pages,
      isStore,
      refuse: this.#refuse,
    });
  }

  expand(first: number, count: number, target: ReferenceArrays, at: number): void {
    const max = this.#isWide ? this.#expandWide(first, count, target, at) : this.#expandNarrow(first, count, target, at);
    if (max >= this.#pages.length) this.#refuse();
  }

  /** Returns the highest index met, as does `#expandWide`. */
  #expandNarrow(first: number, count: number, { pages, kinds }: ReferenceArrays, at: number): number {
    const indexes = this.#indexes;
    const distinctPages = this.#pages;
    const distinctKinds = this.#kinds;
    let max = 0;
    for (let i = 0; i < count; i += 1) {
      const index = indexes[first + i];
      if (index > max) max = index;
      pages[at + i] = distinctPages[index];
      kinds[at + i] = distinctKinds[index];
    }
    return max;
  }

  #expandWide(first: number, count: number, { pages, kinds }: ReferenceArrays, at: number): number {
    const indexes = this.#indexes;
    const distinctPages = this.#pages;
    const distinctKinds = this.#kinds;
    const high = this.length + first;
    let max = 0;
    for (let i = 0; i < count; i += 1) {
      const index = indexes[first + i] | (indexes[high + i] << 8);
      if (index > max) max = index;
      pages[at + i] = distinctPages[index];
      kinds[at + i] = distinctKinds[index];
    }
    return max;
  }
}

function readDictionary(bytes: Uint8Array, distinct: number): ReferenceArrays {
  const [pages, kinds] = [new Int32Array(distinct), new Uint8Array(distinct)];
  let reference = 0;
  for (let i = 0; i < distinct; i += 1) {
    let difference = 0;
    for (let plane = 0; plane < DICTIONARY_PLANES; plane += 1) {
      difference |= bytes[BLOCK_HEADER_BYTES + plane * distinct + i] << (8 * plane);
    }
    reference = (reference + difference) >>> 0;
    pages[i] = reference >>> 2;
    kinds[i] = reference & 3;
  }
  return { pages, kinds };
}
