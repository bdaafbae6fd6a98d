import { NO_PAGE, PageChains } from "../page-chains.ts";
import { type CacheOptions, defineAlgorithm, type SimulatedCache } from "../simulated-cache.ts";

const LIST = 0;
const ABSENT = 0;
const NOT_VISITED = 1;
const VISITED = 2;

/** A queue in which pages keep their places, and a hand that moves from the oldest to the newest. */
class Sieve implements SimulatedCache {
  misses = 0;
  readonly #states: Uint8Array;
  readonly #queue: PageChains;
  readonly #frames: number;
  /** The page to look at next; NO_PAGE: the oldest. */
  #hand = NO_PAGE;

  constructor({ frames, pageCount }: CacheOptions) {
    this.#states = new Uint8Array(pageCount);
    this.#queue = new PageChains(pageCount, 1);
    this.#frames = frames;
  }

  access(pages: Uint32Array, count: number): void {
    const states = this.#states;
    for (let at = 0; at < count; at++) {
      const page = pages[at];
      if (states[page] === ABSENT) this.#load(page);
      else states[page] = VISITED;
    }
  }

  holds(page: number): boolean {
    return this.#states[page] !== ABSENT;
  }

  #load(page: number): void {
    this.misses++;
    if (this.#queue.length(LIST) === this.#frames) this.#evict();
    this.#queue.append(LIST, page);
    this.#states[page] = NOT_VISITED;
  }

  #evict(): void {
    const queue = this.#queue;
    const states = this.#states;
    let page = this.#hand === NO_PAGE ? queue.oldest(LIST) : this.#hand;
    while (states[page] === VISITED) {
      states[page] = NOT_VISITED;
      page = queue.newerThan(page);
      if (page === NO_PAGE) page = queue.oldest(LIST);
    }
    this.#hand = queue.newerThan(page);
    queue.remove(LIST, page);
    states[page] = ABSENT;
  }
}

export const sieve = defineAlgorithm({
  title: "SIEVE",
  victim:
    "the first page from the hand with a clear visited bit, while the hand moves from the oldest page to the newest and clears the bits it passes; from the newest it returns to the oldest",
  hit: "sets the bit; the page keeps its place",
  load: "goes to the end, with a clear bit; the hand stays on the page behind the victim",
  source: "Y. Zhang and others, NSDI 2024",
  parameters: {},
  looksAhead: false,
  isRandom: false,
  hasOnePass: false,
  create: (options) => new Sieve(options),
});
