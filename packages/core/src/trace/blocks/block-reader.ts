import { CompactBlock } from "./compact-block.ts";
import { KeptBlocks } from "./kept-blocks.ts";
import { type SliceSummaries, summaryBytes } from "./slice-summaries.ts";
import { type ReferenceArrays, REFERENCES_PER_BLOCK, type Trace, type TraceBlock, type TraceReader } from "../trace.ts";
import { TraceError } from "../trace-error.ts";

/** What a reader keeps at most: blocks of one byte per reference (about 30 million of them), and summaries, of a quarter of a byte. */
const KEPT_CONTENT_BYTES = 2 ** 25;
const KEPT_SUMMARY_BYTES = 2 ** 25;
/** A reference with an index of two bytes, itself among the different ones, in slices of both lengths. */
const MAX_BYTES_PER_REFERENCE = 32;

/** What a reader of so many references keeps in memory at most, besides the trace. */
export function maxReaderBytes(referenceCount: number): number {
  return Math.min(referenceCount * MAX_BYTES_PER_REFERENCE, KEPT_CONTENT_BYTES + KEPT_SUMMARY_BYTES);
}

/** What a reader needs of a trace. */
export type ReadableTrace = Pick<Trace, "name" | "referenceCount" | "pageCount" | "blocks">;

/**
 * Reads a trace that lies in memory compressed, and decompresses only the blocks that are asked for. Readers of the same
 * trace share its bytes; each keeps the last blocks within a budget, and summaries until they have taken theirs. A block is
 * summarized when it is asked for again: for one that is read once, that would cost more than it saves.
 */
export class BlockReader implements TraceReader {
  readonly referenceCount: number;
  readonly pageCount: number;
  readonly blockCount: number;
  readonly blockReferences = REFERENCES_PER_BLOCK;
  readonly #trace: ReadableTrace;
  readonly #decompress: (bytes: Uint8Array) => Uint8Array;
  readonly #contents: KeptBlocks<CompactBlock>;
  readonly #wasRead: Uint8Array;
  readonly #summaries: (SliceSummaries | undefined)[] = [];
  #summaryBytes = 0;

  /** `decompress` undoes what the keeper of the trace did to its blocks; for plain blocks it returns its argument. */
  constructor(trace: ReadableTrace, decompress: (bytes: Uint8Array) => Uint8Array, keptBytes = KEPT_CONTENT_BYTES) {
    this.referenceCount = trace.referenceCount;
    this.pageCount = trace.pageCount;
    this.blockCount = trace.blocks.length;
    this.#trace = trace;
    this.#decompress = decompress;
    this.#contents = new KeptBlocks<CompactBlock>(keptBytes);
    this.#wasRead = new Uint8Array(this.blockCount);
  }

  block(index: number): TraceBlock {
    if (!(index < this.blockCount)) {
      throw new RangeError(`block ${index} is not below ${this.blockCount}, the number of blocks in the trace`);
    }
    const slices = this.#slices(index);
    if (slices !== undefined) return new SummarizedBlock(this.#lengthOf(index), slices, () => this.#content(index));
    this.#wasRead[index] = 1;
    return this.#content(index);
  }

  #slices(index: number): SliceSummaries | undefined {
    const known = this.#summaries[index];
    if (known !== undefined || this.#wasRead[index] === 0 || this.#summaryBytes >= KEPT_SUMMARY_BYTES) return known;
    const slices = this.#content(index).summarize();
    this.#summaryBytes += summaryBytes(slices);
    this.#summaries[index] = slices;
    return slices;
  }

  #lengthOf(index: number): number {
    return Math.min(REFERENCES_PER_BLOCK, this.referenceCount - index * REFERENCES_PER_BLOCK);
  }

  #content(index: number): CompactBlock {
    const kept = this.#contents.get(index);
    if (kept !== undefined) return kept;
    const block = this.#read(index);
    this.#contents.put(index, block, block.bytes);
    return block;
  }

  #read(index: number): CompactBlock {
    const block = CompactBlock.read(this.#decompressed(index), () => this.#refuse(index, undefined));
    return block.length === this.#lengthOf(index) ? block : this.#refuse(index, undefined);
  }

  #decompressed(index: number): Uint8Array {
    try {
      return this.#decompress(this.#trace.blocks[index]);
    } catch (cause) {
      return this.#refuse(index, cause);
    }
  }

  #refuse(index: number, cause: unknown): never {
    const found = `stored block ${index} of ${this.blockCount} cannot be expanded`;
    const advice = "The stored trace is damaged: delete it (`ballast delete trace <name> --force`) and import it again.";
    throw new TraceError("block-damaged", { file: this.#trace.name }, found, advice, { cause });
  }
}

/** A block whose summaries are known: it is read when references are asked for. */
class SummarizedBlock implements TraceBlock {
  readonly length: number;
  readonly slices: SliceSummaries;
  readonly #read: () => TraceBlock;
  #content: TraceBlock | undefined;

  constructor(length: number, slices: SliceSummaries, read: () => TraceBlock) {
    this.length = length;
    this.slices = slices;
    this.#read = read;
  }

  expand(first: number, count: number, target: ReferenceArrays, at: number): void {
    this.#content ??= this.#read();
    this.#content.expand(first, count, target, at);
  }
}
