import { Prng } from "../../prng/index.ts";
import { type CacheOptions, defineAlgorithm, type SimulatedCache } from "../simulated-cache.ts";

/** Each resident page is the victim with the same probability. */
class RandomCache implements SimulatedCache {
  misses = 0;
  readonly #isResident: Uint8Array;
  readonly #pageIn: Int32Array;
  readonly #rng: Prng;

  constructor({ frames, pageCount, seed }: CacheOptions) {
    this.#isResident = new Uint8Array(pageCount);
    this.#pageIn = new Int32Array(frames);
    this.#rng = Prng.named(seed, "replacement");
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
    const frames = this.#pageIn.length;
    const isFull = this.misses >= frames;
    const frame = isFull ? this.#rng.nextBelow(frames) : this.misses;
    if (isFull) this.#isResident[this.#pageIn[frame]] = 0;
    this.misses++;
    this.#pageIn[frame] = page;
    this.#isResident[page] = 1;
  }
}

export const random = defineAlgorithm({
  title: "random",
  victim: "any page, all with the same probability, from a stream of random numbers of its own (xoshiro128**, the seed)",
  hit: "no effect",
  load: "takes the victim's frame",
  source: "textbook",
  parameters: {},
  looksAhead: false,
  isRandom: true,
  hasOnePass: false,
  create: (options) => new RandomCache(options),
});
