import { PageChains } from "../page-chains.ts";
import { type CacheOptions, defineAlgorithm, type SimulatedCache } from "../simulated-cache.ts";

const LIST = 0;

/** Exact least recently used, for one size: for all sizes at once see `LruSizes`. */
class Lru implements SimulatedCache {
  misses = 0;
  readonly #isResident: Uint8Array;
  readonly #chain: PageChains;
  readonly #frames: number;

  constructor({ frames, pageCount }: CacheOptions) {
    this.#isResident = new Uint8Array(pageCount);
    this.#chain = new PageChains(pageCount, 1);
    this.#frames = frames;
  }

  access(pages: Uint32Array, count: number): void {
    for (let at = 0; at < count; at++) this.#touch(pages[at]);
  }

  holds(page: number): boolean {
    return this.#isResident[page] === 1;
  }

  #touch(page: number): void {
    const chain = this.#chain;
    if (chain.newest(LIST) === page) return;
    if (this.#isResident[page] === 1) chain.remove(LIST, page);
    else {
      this.misses++;
      if (chain.length(LIST) === this.#frames) this.#isResident[chain.shift(LIST)] = 0;
      this.#isResident[page] = 1;
    }
    chain.append(LIST, page);
  }
}

export const lru = defineAlgorithm({
  title: "least recently used",
  victim: "the page whose last reference is longest ago",
  hit: "goes to the end",
  load: "goes to the end",
  source: "R. L. Mattson and others, IBM Systems Journal 9(2), 1970",
  parameters: {},
  looksAhead: false,
  isRandom: false,
  hasOnePass: true,
  create: (options) => new Lru(options),
});
