import { NO_PAGE, PageChains } from "../page-chains.ts";
import { type CacheOptions, defineAlgorithm, type SimulatedCache } from "../simulated-cache.ts";
import type { VictimOrder, VictimOrderState } from "../victim-order.ts";

const LIST = 0;
const ABSENT = 0;
const NOT_VISITED = 1;
const VISITED = 2;

type SieveState = { readonly pages: Int32Array; readonly isVisited: Uint8Array; readonly hand: number };

/** A queue in which pages keep their places, and a hand that moves from the oldest to the newest. */
export class SieveOrder implements VictimOrder {
  readonly hits = "some";
  /** By page. Only `hit` is written from outside, where a call for each would be slow. */
  readonly states: Uint8Array;
  readonly #queue: PageChains;
  /** The page to look at next; NO_PAGE: the oldest. */
  #hand = NO_PAGE;

  constructor(pageCount: number) {
    this.states = new Uint8Array(pageCount);
    this.#queue = new PageChains(pageCount, 1);
  }

  get length(): number {
    return this.#queue.length(LIST);
  }

  load(page: number): void {
    this.#queue.append(LIST, page);
    this.states[page] = NOT_VISITED;
  }

  hit(page: number): void {
    this.states[page] = VISITED;
  }

  victim(mayLeave: ((page: number) => boolean) | null): number {
    const queue = this.#queue;
    const states = this.states;
    let page = this.#hand === NO_PAGE ? queue.oldest(LIST) : this.#hand;
    // The first round clears all bits, the second one finds a page if there is one.
    for (let left = 2 * this.length; left > 0; left--) {
      if (states[page] === VISITED) states[page] = NOT_VISITED;
      else if (mayLeave === null || mayLeave(page)) break;
      page = queue.newerThan(page);
      if (page === NO_PAGE) page = queue.oldest(LIST);
      if (left === 1) return NO_PAGE;
    }
    this.#hand = page;
    return page;
  }

  remove(page: number): void {
    if (this.#hand === page) this.#hand = this.#queue.newerThan(page);
    this.#queue.remove(LIST, page);
    this.states[page] = ABSENT;
  }

  save(): SieveState {
    const pages = this.#queue.list(LIST);
    return { pages, isVisited: Uint8Array.from(pages, (page) => (this.states[page] === VISITED ? 1 : 0)), hand: this.#hand };
  }

  restore(state: VictimOrderState): void {
    const { pages, isVisited, hand } = state as SieveState;
    pages.forEach((page, at) => {
      this.load(page);
      if (isVisited[at] === 1) this.hit(page);
    });
    this.#hand = hand;
  }
}

class Sieve implements SimulatedCache {
  misses = 0;
  readonly #order: SieveOrder;
  readonly #frames: number;

  constructor({ frames, pageCount }: CacheOptions) {
    this.#order = new SieveOrder(pageCount);
    this.#frames = frames;
  }

  access(pages: Uint32Array, count: number): void {
    const { states } = this.#order;
    for (let at = 0; at < count; at++) {
      const page = pages[at];
      if (states[page] === ABSENT) this.#load(page);
      else states[page] = VISITED;
    }
  }

  holds(page: number): boolean {
    return this.#order.states[page] !== ABSENT;
  }

  #load(page: number): void {
    this.misses++;
    if (this.#order.length === this.#frames) this.#order.remove(this.#order.victim(null));
    this.#order.load(page);
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
