import type { PAGE_BYTES } from "../units/index.ts";
import type { OriginalPages } from "./original-pages.ts";
import type { TraceFormat } from "./trace-format.ts";

/** References in every block of a trace but the last. Part of the stored form and of the digest: never changes. */
export const REFERENCES_PER_BLOCK = 65_536;

/**
 * A recorded workload as it is kept: dense page numbers from 0 (included) to `pageCount` (excluded), in order of first
 * touch, each reference with its kind. `blocks` are what `encodeBlock` made; the store compresses them.
 */
export interface Trace {
  readonly name: string;
  /** The format it was imported from. */
  readonly format: TraceFormat;
  readonly referenceCount: number;
  readonly pageCount: number;
  readonly pageBytes: typeof PAGE_BYTES;
  /** The page numbers as they were in the recording, one for each dense page number. */
  readonly originalPages: OriginalPages;
  /** SHA-256 in hex over the references and the original pages; the same whatever the name, format or compression. */
  readonly digest: string;
  readonly blocks: readonly Uint8Array[];
}

/** One block of references, expanded. Only the first `length` entries of the arrays are references. */
export interface TraceBlock {
  /** Dense page numbers. */
  readonly pages: Uint32Array;
  /** An `AccessKind` per reference. */
  readonly kinds: Uint8Array;
  readonly length: number;
}

/** Random access to the references of a trace, block by block, without waiting. */
export interface TraceReader {
  readonly referenceCount: number;
  /** Every page number in every block is below this. */
  readonly pageCount: number;
  readonly blockCount: number;
  /** Reference `n` stands in block `floor(n / REFERENCES_PER_BLOCK)`, at `n % REFERENCES_PER_BLOCK`. */
  readonly referencesPerBlock: number;
  /**
   * The block with this index, from 0 (included) to `blockCount` (excluded). Its arrays belong to the reader, which
   * uses them again once several other blocks have been asked for: keep the index, not the block.
   */
  block(index: number): TraceBlock;
}
