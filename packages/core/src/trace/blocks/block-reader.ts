import { BlockDecoder, createBlockBuffer, type BlockBuffer } from "./block-decoder.ts";
import { REFERENCES_PER_BLOCK, type Trace, type TraceBlock, type TraceReader } from "../trace.ts";
import { TraceError } from "../trace-error.ts";

/** A block stays valid until this many other blocks have been expanded. */
export const KEPT_BLOCKS = 4;

const NO_BLOCK = -1;

/** What a reader needs of a trace. */
export type ReadableTrace = Pick<Trace, "name" | "referenceCount" | "pageCount" | "blocks">;

/**
 * Reads a trace that lies in memory compressed and expands only the blocks that are asked for. Readers of the same
 * trace share its bytes; each keeps the last few blocks it expanded.
 */
export class BlockReader implements TraceReader {
  readonly referenceCount: number;
  readonly pageCount: number;
  readonly blockCount: number;
  readonly referencesPerBlock = REFERENCES_PER_BLOCK;
  readonly #trace: ReadableTrace;
  readonly #decompress: (bytes: Uint8Array) => Uint8Array;
  readonly #decoder = new BlockDecoder();
  readonly #buffers: BlockBuffer[] = [];
  readonly #blocks: TraceBlock[] = [];
  readonly #indexes: number[] = new Array<number>(KEPT_BLOCKS).fill(NO_BLOCK);
  #oldest = 0;

  /** `decompress` undoes what the keeper of the trace did to its blocks; for plain blocks it returns its argument. */
  constructor(trace: ReadableTrace, decompress: (bytes: Uint8Array) => Uint8Array) {
    this.referenceCount = trace.referenceCount;
    this.pageCount = trace.pageCount;
    this.blockCount = trace.blocks.length;
    this.#trace = trace;
    this.#decompress = decompress;
  }

  block(index: number): TraceBlock {
    const kept = this.#indexes.indexOf(index);
    return kept < 0 ? this.#expand(index) : this.#blocks[kept];
  }

  #expand(index: number): TraceBlock {
    const bytes = this.#trace.blocks[index];
    if (bytes === undefined) {
      throw new RangeError(`block ${index} is not below ${this.blockCount}, the number of blocks in the trace`);
    }
    const slot = this.#oldest;
    this.#oldest = (slot + 1) % KEPT_BLOCKS;
    this.#indexes[slot] = NO_BLOCK;
    const buffer = (this.#buffers[slot] ??= createBlockBuffer());
    const length = this.#decode(bytes, buffer, index);
    const block = { pages: buffer.pages, kinds: buffer.kinds, length };
    this.#blocks[slot] = block;
    this.#indexes[slot] = index;
    return block;
  }

  #decode(bytes: Uint8Array, buffer: BlockBuffer, index: number): number {
    let length = -1;
    let cause: unknown;
    try {
      length = this.#decoder.decode(this.#decompress(bytes), buffer);
    } catch (error) {
      cause = error;
    }
    const first = index * REFERENCES_PER_BLOCK;
    if (length === Math.min(REFERENCES_PER_BLOCK, this.referenceCount - first)) return length;
    const found = `stored block ${index} of ${this.blockCount} cannot be expanded`;
    const advice = "The stored trace is damaged: delete it (`ballast delete trace <name> --force`) and import it again.";
    throw new TraceError("block-damaged", { file: this.#trace.name }, found, advice, { cause });
  }
}
