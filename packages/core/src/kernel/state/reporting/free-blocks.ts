import { assert } from "../../../assert/index.ts";
import { NEVER } from "../../structures/never.ts";

/** A block whose entry in the queue has been passed, or that is not free as a whole. */
const NOT_WAITING = -1;

export type FreeBlocksState = { freePages: Int32Array; sinceNs: Float64Array; queue: number[] };

/**
 * Aligned blocks of 2^order real pages: which of them the guest uses for nothing at all, and since when. Blocks that came
 * free wait in a queue, the one free for longest first; pages taken and given back cost a constant time.
 */
export class FreeBlocks {
  private readonly order: number;
  /** Per block: free pages. The last block may be too small ever to be free as a whole. */
  private readonly freePages: Int32Array;
  /** Per block: since when it waits. */
  private readonly sinceNs: Float64Array;
  /** Blocks in the order in which they came free, each with that time; an entry is void if the block was used since. */
  private queue: number[] = [];
  /** Entries of the queue already passed, times included. */
  private passed = 0;

  constructor(pages: number, order: number) {
    this.order = order;
    const blocks = Math.ceil(pages / (1 << order));
    this.freePages = new Int32Array(blocks);
    this.sinceNs = new Float64Array(blocks).fill(NOT_WAITING);
  }

  get pagesPerBlock(): number {
    return 1 << this.order;
  }

  taken(page: number): void {
    const block = this.blockOf(page);
    assert(this.freePages[block] > 0, () => `page ${page} is taken, but none of its block is free`);
    this.freePages[block]--;
    this.sinceNs[block] = NOT_WAITING;
  }

  freed(page: number, nowNs: number): void {
    const block = this.blockOf(page);
    this.freePages[block]++;
    assert(this.freePages[block] <= this.pagesPerBlock, () => `page ${page} comes free, and its block of ${this.pagesPerBlock} was free`);
    if (this.freePages[block] < this.pagesPerBlock) return;
    this.sinceNs[block] = nowNs;
    this.queue.push(block, nowNs);
  }

  /** Since when the block at the head of the queue is free; NEVER if none waits. */
  oldestNs(): number {
    this.passVoid();
    return this.passed < this.queue.length ? this.queue[this.passed + 1] : NEVER;
  }

  /** Takes the block at the head of the queue out of it; it waits again when it was used and came free. */
  takeOldest(): number {
    this.passVoid();
    const block = this.queue[this.passed];
    this.sinceNs[block] = NOT_WAITING;
    this.passed += 2;
    return block;
  }

  save(): FreeBlocksState {
    return { freePages: this.freePages.slice(), sinceNs: this.sinceNs.slice(), queue: this.queue.slice(this.passed) };
  }

  load(state: FreeBlocksState): void {
    this.freePages.set(state.freePages);
    this.sinceNs.set(state.sinceNs);
    this.queue = [...state.queue];
    this.passed = 0;
  }

  private blockOf(page: number): number {
    return page >> this.order;
  }

  /** Moves on to the first entry that still holds, and gives the memory of those passed back now and then. */
  private passVoid(): void {
    const { queue, sinceNs } = this;
    while (this.passed < queue.length && sinceNs[queue[this.passed]] !== queue[this.passed + 1]) this.passed += 2;
    if (this.passed <= 1024 || 2 * this.passed < queue.length) return;
    this.queue = queue.slice(this.passed);
    this.passed = 0;
  }
}
