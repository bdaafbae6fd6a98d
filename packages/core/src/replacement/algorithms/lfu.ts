import { NO_PAGE } from "../page-chains.ts";
import { type CacheOptions, defineAlgorithm, type SimulatedCache } from "../simulated-cache.ts";
import type { VictimOrder, VictimOrderState } from "../victim-order.ts";

type LfuState = { readonly pages: Int32Array; readonly counts: Uint32Array; readonly lastUses: Float64Array; readonly time: number };

/**
 * A page's key is how often it was referenced since it was loaded, and when last: it only grows. So a heap of the smallest keys
 * may hold each page by an earlier key, and hits leave it alone; a page that comes up with an earlier key is put back.
 */
export class LfuOrder implements VictimOrder {
  readonly hits = "all";
  /** By page; 0 if it is not in. Written from outside only for hits, where a call for each would be slow; so is `lastUses`. */
  readonly counts: Uint32Array;
  readonly lastUses: Float64Array;
  /** By page: the key that the heap has it by. */
  readonly #heapCounts: Uint32Array;
  readonly #heapUses: Float64Array;
  readonly #heap: Int32Array;
  /** By page: where in the heap it is. */
  readonly #places: Int32Array;
  #length = 0;
  /** Of the next reference. */
  time = 0;

  constructor(pageCount: number, maxLength: number) {
    this.counts = new Uint32Array(pageCount);
    this.lastUses = new Float64Array(pageCount);
    this.#heapCounts = new Uint32Array(pageCount);
    this.#heapUses = new Float64Array(pageCount);
    this.#heap = new Int32Array(maxLength);
    this.#places = new Int32Array(pageCount);
  }

  get length(): number {
    return this.#length;
  }

  load(page: number): void {
    this.#insert(page, 1, this.time++);
  }

  hit(page: number): void {
    this.counts[page]++;
    this.lastUses[page] = this.time++;
  }

  /** Pages that may not leave are taken out for the search. */
  victim(mayLeave: ((page: number) => boolean) | null): number {
    const staying: number[] = [];
    let found = NO_PAGE;
    while (found === NO_PAGE && this.#length > 0) {
      const page = this.#leastUsed();
      if (mayLeave === null || mayLeave(page)) found = page;
      else {
        staying.push(page);
        this.#takeOut(page);
      }
    }
    for (const page of staying) this.#rise(page, this.#length++);
    return found;
  }

  remove(page: number): void {
    this.#takeOut(page);
    this.counts[page] = 0;
  }

  /** Instead of removing one page and loading another. */
  replace(victim: number, page: number, now: number): void {
    this.counts[victim] = 0;
    this.counts[page] = 1;
    this.lastUses[page] = now;
    this.#sink(page, this.#places[victim]);
  }

  save(): LfuState {
    const pages = this.#heap.slice(0, this.#length);
    const [counts, lastUses] = [new Uint32Array(pages.length), new Float64Array(pages.length)];
    pages.forEach((page, at) => {
      counts[at] = this.counts[page];
      lastUses[at] = this.lastUses[page];
    });
    return { pages, counts, lastUses, time: this.time };
  }

  restore(state: VictimOrderState): void {
    const { pages, counts, lastUses, time } = state as LfuState;
    pages.forEach((page, at) => this.#insert(page, counts[at], lastUses[at]));
    this.time = time;
  }

  #insert(page: number, count: number, lastUse: number): void {
    this.counts[page] = count;
    this.lastUses[page] = lastUse;
    this.#rise(page, this.#length++);
  }

  /** The page at the top of the heap, by its key of now. */
  #leastUsed(): number {
    for (;;) {
      const page = this.#heap[0];
      if (this.#heapUses[page] === this.lastUses[page]) return page;
      this.#sink(page, 0);
    }
  }

  #takeOut(page: number): void {
    const place = this.#places[page];
    const last = this.#heap[--this.#length];
    if (last === page) return;
    // At its new place it may belong further up or down.
    this.#noteKey(last);
    if (place > 0 && this.#isBefore(last, this.#heap[(place - 1) >> 1])) this.#rise(last, place);
    else this.#sink(last, place);
  }

  /** Puts a page into the heap by its key of now, at a place or below it. */
  #sink(page: number, place: number): void {
    const heap = this.#heap;
    this.#noteKey(page);
    let at = place;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#length) break;
      if (child + 1 < this.#length && this.#isBefore(heap[child + 1], heap[child])) child++;
      if (!this.#isBefore(heap[child], page)) break;
      this.#place(heap[child], at);
      at = child;
    }
    this.#place(page, at);
  }

  /** The same, at a place or above it. */
  #rise(page: number, place: number): void {
    const heap = this.#heap;
    this.#noteKey(page);
    let at = place;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(page, heap[parent])) break;
      this.#place(heap[parent], at);
      at = parent;
    }
    this.#place(page, at);
  }

  #place(page: number, at: number): void {
    this.#heap[at] = page;
    this.#places[page] = at;
  }

  #noteKey(page: number): void {
    this.#heapCounts[page] = this.counts[page];
    this.#heapUses[page] = this.lastUses[page];
  }

  #isBefore(page: number, other: number): boolean {
    const difference = this.#heapCounts[page] - this.#heapCounts[other];
    return difference === 0 ? this.#heapUses[page] < this.#heapUses[other] : difference < 0;
  }
}

class Lfu implements SimulatedCache {
  misses = 0;
  readonly #order: LfuOrder;
  readonly #frames: number;

  constructor({ frames, pageCount }: CacheOptions) {
    this.#order = new LfuOrder(pageCount, frames);
    this.#frames = frames;
  }

  access(pages: Uint32Array, count: number): void {
    const { counts, lastUses, time: first } = this.#order;
    for (let at = 0; at < count; at++) {
      const page = pages[at];
      if (counts[page] === 0) this.#load(page, first + at);
      else {
        counts[page]++;
        lastUses[page] = first + at;
      }
    }
    this.#order.time = first + count;
  }

  holds(page: number): boolean {
    return this.#order.counts[page] > 0;
  }

  #load(page: number, now: number): void {
    this.misses++;
    const order = this.#order;
    order.time = now;
    if (order.length < this.#frames) order.load(page);
    else order.replace(order.victim(null), page, now);
  }
}

export const lfu = defineAlgorithm({
  title: "least frequently used",
  victim: "the page with the fewest references since it was loaded; of several the one whose last reference is longest ago",
  hit: "counts one more reference",
  load: "has one reference: what was counted before an eviction is forgotten",
  source: "textbook",
  parameters: {},
  looksAhead: false,
  isRandom: false,
  hasOnePass: false,
  create: (options) => new Lfu(options),
});
