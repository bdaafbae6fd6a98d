import { Prng, type PrngState } from "../../prng/index.ts";
import { NO_PAGE } from "../page-chains.ts";
import { type CacheOptions, defineAlgorithm, type SimulatedCache } from "../simulated-cache.ts";
import type { VictimOrder, VictimOrderState } from "../victim-order.ts";

/** Name of the random stream that victims are drawn from, of a guest under one-level mapping too. */
export const RANDOM_STREAM = "replacement";

/** No slot is empty. */
const NO_SLOT = -1;

type RandomState = { readonly slots: Int32Array; readonly emptySlot: number; readonly rng: PrngState };

/** Each page that is in is the victim with the same probability. A page that comes in takes the slot of the one that left last. */
export class RandomOrder implements VictimOrder {
  readonly hits = "none";
  /** Pages by slot; one of the slots may be empty. */
  readonly #slots: Int32Array;
  /** By page. */
  readonly #slotOf: Int32Array;
  readonly #rng: Prng;
  #length = 0;
  #emptySlot = NO_SLOT;

  constructor(pageCount: number, maxLength: number, rng: Prng) {
    this.#slots = new Int32Array(maxLength);
    this.#slotOf = new Int32Array(pageCount);
    this.#rng = rng;
  }

  load(page: number): void {
    const slot = this.#emptySlot === NO_SLOT ? this.#length++ : this.#emptySlot;
    this.#emptySlot = NO_SLOT;
    this.#slots[slot] = page;
    this.#slotOf[page] = slot;
  }

  hit(): void {}

  /** If the page that is drawn may not leave, the next one in the order of the slots that may. */
  victim(mayLeave: ((page: number) => boolean) | null): number {
    if (this.#length === 0 || (this.#length === 1 && this.#emptySlot === 0)) return NO_PAGE;
    let slot = this.#rng.nextBelow(this.#length);
    while (slot === this.#emptySlot) slot = this.#rng.nextBelow(this.#length);
    for (let left = this.#length; left > 0; left--) {
      const page = this.#slots[slot];
      if (slot !== this.#emptySlot && (mayLeave === null || mayLeave(page))) return page;
      slot = slot + 1 === this.#length ? 0 : slot + 1;
    }
    return NO_PAGE;
  }

  /** The slot stays empty for the next page; one that was empty before is filled by the last page. */
  remove(page: number): void {
    if (this.#emptySlot !== NO_SLOT) this.#fillEmptySlot();
    this.#emptySlot = this.#slotOf[page];
  }

  save(): RandomState {
    return { slots: this.#slots.slice(0, this.#length), emptySlot: this.#emptySlot, rng: this.#rng.save() };
  }

  restore(state: VictimOrderState): void {
    const { slots, emptySlot, rng } = state as RandomState;
    this.#slots.set(slots);
    slots.forEach((page, slot) => {
      if (slot !== emptySlot) this.#slotOf[page] = slot;
    });
    this.#length = slots.length;
    this.#emptySlot = emptySlot;
    this.#rng.load(rng);
  }

  #fillEmptySlot(): void {
    const last = --this.#length;
    if (last === this.#emptySlot) return;
    const page = this.#slots[last];
    this.#slots[this.#emptySlot] = page;
    this.#slotOf[page] = this.#emptySlot;
  }
}

class RandomCache implements SimulatedCache {
  misses = 0;
  readonly #isResident: Uint8Array;
  readonly #order: RandomOrder;
  readonly #frames: number;

  constructor({ frames, pageCount, seed }: CacheOptions) {
    this.#isResident = new Uint8Array(pageCount);
    this.#order = new RandomOrder(pageCount, frames, Prng.named(seed, RANDOM_STREAM));
    this.#frames = frames;
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
    if (this.misses >= this.#frames) {
      const victim = this.#order.victim(null);
      this.#isResident[victim] = 0;
      this.#order.remove(victim);
    }
    this.misses++;
    this.#order.load(page);
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
