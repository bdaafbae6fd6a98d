import { REFERENCES_PER_BLOCK, type TraceReader } from "../trace.ts";

/** One block, expanded. Only the first `length` entries of the arrays are references. */
export type ExpandedBlock = {
  /** Dense page numbers. */
  readonly pages: Uint32Array;
  /** An `AccessKind` per reference. */
  readonly kinds: Uint8Array;
  readonly length: number;
};

/** The blocks of a reader, each expanded whole, for those who look at every reference. */
export class ExpandedBlocks {
  readonly referenceCount: number;
  readonly pageCount: number;
  readonly blockCount: number;
  readonly #reader: TraceReader;
  readonly #pages = new Int32Array(REFERENCES_PER_BLOCK);
  readonly #kinds = new Uint8Array(REFERENCES_PER_BLOCK);
  /** The same memory, of the element type of page numbers. */
  readonly #asRead = new Uint32Array(this.#pages.buffer);

  constructor(reader: TraceReader) {
    this.referenceCount = reader.referenceCount;
    this.pageCount = reader.pageCount;
    this.blockCount = reader.blockCount;
    this.#reader = reader;
  }

  /** Its arrays are used again for the next block that is asked for. */
  block(index: number): ExpandedBlock {
    const block = this.#reader.block(index);
    block.expand(0, block.length, { pages: this.#pages, kinds: this.#kinds }, 0);
    return { pages: this.#asRead, kinds: this.#kinds, length: block.length };
  }
}
