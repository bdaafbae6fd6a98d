import type { SliceSummaries } from "./blocks/slice-summaries.ts";
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

/** References: dense page numbers, and for each an `AccessKind`. */
export interface ReferenceArrays {
  readonly pages: Int32Array;
  readonly kinds: Uint8Array;
}

/** One block of references. It never changes, so that it can be kept. */
export interface TraceBlock {
  readonly length: number;
  /** What its slices touch; null: this is not known. */
  readonly slices: SliceSummaries | null;
  /** Writes references `first` to `first + count` (excluded) into arrays, from their place `at` on. */
  expand(first: number, count: number, target: ReferenceArrays, at: number): void;
}

/** Random access to the references of a trace, block by block, without waiting. */
export interface TraceReader {
  readonly referenceCount: number;
  /** Every page number in every block is below this. */
  readonly pageCount: number;
  readonly blockCount: number;
  /** References in every block but the last, which has the rest. */
  readonly blockReferences: number;
  /** The block with this index, from 0 (included) to `blockCount` (excluded). */
  block(index: number): TraceBlock;
}

/** All references of a block. */
export function expandReferences(block: TraceBlock): ReferenceArrays {
  const references = { pages: new Int32Array(block.length), kinds: new Uint8Array(block.length) };
  block.expand(0, block.length, references, 0);
  return references;
}
