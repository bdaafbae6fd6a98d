import { type CacheOptions, defineAlgorithm, type SimulatedCache } from "../simulated-cache.ts";

/** First in, first out: a ring of frames, of which the next one to be used holds the page that was loaded first. */
class Fifo implements SimulatedCache {
  misses = 0;
  readonly #isResident: Uint8Array;
  readonly #pageIn: Int32Array;
  #next = 0;

  constructor({ frames, pageCount }: CacheOptions) {
    this.#isResident = new Uint8Array(pageCount);
    this.#pageIn = new Int32Array(frames).fill(-1);
  }

  access(pages: Uint32Array, count: number): void {
    const isResident = this.#isResident;
    for (let at = 0; at < count; at++) {
      if (isResident[pages[at]] === 0) this.#load(pages[at]);
    }
  }

  holds(page: number): boolean {
    return this.#isResident[page] === 1;
  }

  #load(page: number): void {
    this.misses++;
    const frame = this.#next;
    const victim = this.#pageIn[frame];
    if (victim >= 0) this.#isResident[victim] = 0;
    this.#pageIn[frame] = page;
    this.#isResident[page] = 1;
    this.#next = frame + 1 === this.#pageIn.length ? 0 : frame + 1;
  }
}

export const fifo = defineAlgorithm({
  title: "first in, first out",
  victim: "the page that was loaded first",
  hit: "no effect",
  load: "goes to the end",
  source: "textbook",
  parameters: {},
  looksAhead: false,
  isRandom: false,
  hasOnePass: false,
  create: (options) => new Fifo(options),
});
