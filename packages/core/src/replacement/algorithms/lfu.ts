import { type CacheOptions, defineAlgorithm, type SimulatedCache } from "../simulated-cache.ts";

/**
 * A page's key is how often it was referenced since it was loaded, and when last: it only grows. So a heap of the smallest keys
 * may hold each page by an earlier key, and hits leave it alone; a page that comes up with an earlier key is put back.
 */
class Lfu implements SimulatedCache {
  misses = 0;
  /** By page; 0 if it is not resident. */
  readonly #counts: Uint32Array;
  readonly #lastUses: Float64Array;
  /** By page: the key that the heap has it by. */
  readonly #heapCounts: Uint32Array;
  readonly #heapUses: Float64Array;
  readonly #heap: Int32Array;
  #resident = 0;
  #time = 0;

  constructor({ frames, pageCount }: CacheOptions) {
    this.#counts = new Uint32Array(pageCount);
    this.#lastUses = new Float64Array(pageCount);
    this.#heapCounts = new Uint32Array(pageCount);
    this.#heapUses = new Float64Array(pageCount);
    this.#heap = new Int32Array(frames);
  }

  access(pages: Uint32Array, count: number): void {
    const counts = this.#counts;
    const lastUses = this.#lastUses;
    const first = this.#time;
    for (let at = 0; at < count; at++) {
      const page = pages[at];
      if (counts[page] === 0) this.#load(page, first + at);
      else {
        counts[page]++;
        lastUses[page] = first + at;
      }
    }
    this.#time = first + count;
  }

  holds(page: number): boolean {
    return this.#counts[page] > 0;
  }

  #load(page: number, now: number): void {
    this.misses++;
    const isFull = this.#resident === this.#heap.length;
    this.#counts[page] = 1;
    this.#lastUses[page] = now;
    if (isFull) {
      this.#counts[this.#leastUsed()] = 0;
      this.#sink(page);
    } else this.#rise(page, this.#resident++);
  }

  /** The victim, which the heap has at its top. */
  #leastUsed(): number {
    for (;;) {
      const page = this.#heap[0];
      if (this.#heapUses[page] === this.#lastUses[page]) return page;
      this.#sink(page);
    }
  }

  /** Puts a page into the heap by its key of now, instead of the one at the top. */
  #sink(page: number): void {
    const heap = this.#heap;
    this.#noteKey(page);
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#resident) break;
      if (child + 1 < this.#resident && this.#isBefore(heap[child + 1], heap[child])) child++;
      if (!this.#isBefore(heap[child], page)) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = page;
  }

  #rise(page: number, from: number): void {
    const heap = this.#heap;
    this.#noteKey(page);
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(page, heap[parent])) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = page;
  }

  #noteKey(page: number): void {
    this.#heapCounts[page] = this.#counts[page];
    this.#heapUses[page] = this.#lastUses[page];
  }

  #isBefore(page: number, other: number): boolean {
    const difference = this.#heapCounts[page] - this.#heapCounts[other];
    return difference === 0 ? this.#heapUses[page] < this.#heapUses[other] : difference < 0;
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
