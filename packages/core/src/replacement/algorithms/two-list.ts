import { PageChains } from "../page-chains.ts";
import { type CacheOptions, defineAlgorithm, type SimulatedCache } from "../simulated-cache.ts";

const INACTIVE = 0;
const ACTIVE = 1;

/** Bits of a page's state: resident, on the active list, its accessed bit, found accessed once before (Linux's PG_referenced). */
const RESIDENT = 1;
const IS_ACTIVE = 2;
const ACCESSED = 4;
const REFERENCED = 8;

const PAGES_PER_GIB = 2 ** 18;

/** How many times longer the active list may be than the inactive one, by the pages of both (Linux's inactive_is_low). */
export function inactiveRatio(pages: number): number {
  const gib = Math.floor(pages / PAGES_PER_GIB);
  return gib === 0 ? 1 : Math.floor(Math.sqrt(10 * gib));
}

/** The active and the inactive list of Linux, as a guest's `two-list` has them where all memory is anonymous. */
class TwoList implements SimulatedCache {
  misses = 0;
  readonly #states: Uint8Array;
  readonly #lists: PageChains;
  readonly #frames: number;
  readonly #stateOnLoad: number;
  /** By page: the clock after its last eviction, 0 if there was none. */
  readonly #shadows: Float64Array;
  /** Evictions and activations (Linux's nonresident_age). */
  #clock = 0;
  /** Whether a page came back as active since the last search for a victim. */
  #isDisturbed = false;

  constructor({ frames, pageCount }: CacheOptions, bitOnLoad: "set" | "clear") {
    this.#states = new Uint8Array(pageCount);
    this.#lists = new PageChains(pageCount, 2);
    this.#frames = frames;
    this.#stateOnLoad = bitOnLoad === "set" ? RESIDENT | ACCESSED : RESIDENT;
    this.#shadows = new Float64Array(pageCount);
  }

  access(pages: Uint32Array, count: number): void {
    const states = this.#states;
    for (let at = 0; at < count; at++) {
      const page = pages[at];
      const state = states[page];
      if (state === 0) this.#load(page);
      else states[page] = state | ACCESSED;
    }
  }

  holds(page: number): boolean {
    return this.#states[page] !== 0;
  }

  #load(page: number): void {
    this.misses++;
    if (this.#lists.length(INACTIVE) + this.#lists.length(ACTIVE) === this.#frames) this.#evict();
    const shadow = this.#shadows[page];
    const isBack = shadow > 0 && this.#clock - shadow + 1 <= this.#lists.length(ACTIVE);
    this.#states[page] = this.#stateOnLoad;
    if (isBack) {
      this.#isDisturbed = true;
      this.#activate(page);
    } else this.#lists.append(INACTIVE, page);
  }

  #evict(): void {
    if (this.#isDisturbed) this.#deactivateOldest();
    this.#isDisturbed = false;
    const page = this.#findVictim();
    this.#states[page] = 0;
    this.#clock++;
    this.#shadows[page] = this.#clock;
  }

  /** Takes the victim off its list. */
  #findVictim(): number {
    for (;;) {
      while (this.#isInactiveLow()) this.#deactivateOldest();
      const page = this.#lists.shift(INACTIVE);
      const state = this.#states[page];
      if ((state & ACCESSED) === 0) return page;
      this.#states[page] = (state & ~ACCESSED) | REFERENCED;
      if ((state & REFERENCED) !== 0) this.#activate(page);
      else this.#lists.append(INACTIVE, page);
    }
  }

  #isInactiveLow(): boolean {
    const [inactive, active] = [this.#lists.length(INACTIVE), this.#lists.length(ACTIVE)];
    return inactive * inactiveRatio(inactive + active) < active;
  }

  /** A page that is on no list. */
  #activate(page: number): void {
    this.#states[page] |= IS_ACTIVE;
    this.#lists.append(ACTIVE, page);
    this.#clock++;
  }

  #deactivateOldest(): void {
    if (this.#lists.length(ACTIVE) === 0) return;
    const page = this.#lists.shift(ACTIVE);
    this.#states[page] &= ~(IS_ACTIVE | ACCESSED);
    this.#lists.append(INACTIVE, page);
  }
}

export const twoList = defineAlgorithm({
  title: "Linux's active and inactive lists, all memory anonymous",
  victim:
    "the oldest inactive page with a clear accessed bit; one found accessed for the first time goes to the young end of the inactive list, for the second time to that of the active list, both with the bit cleared. Before that the oldest active pages become inactive, with the bit cleared, while the active list is longer than the inactive one (times the square root of 10 per GiB from 1 GiB on)",
  hit: "sets the bit",
  load: "to the young end of the inactive list; of the active list if no more pages were evicted or activated since its eviction than are active (then one active page is deactivated before the next search)",
  source: "mm/vmscan.c and mm/workingset.c of Linux 5.9 to 6.x, one page at a time",
  parameters: {
    referenceBitOnLoad: {
      words: ["set", "clear"],
      description: "the accessed bit of a page that comes in: set, as hardware does by the access that faulted, or clear",
    },
  },
  looksAhead: false,
  isRandom: false,
  hasOnePass: false,
  create: (options, { referenceBitOnLoad }) => new TwoList(options, referenceBitOnLoad),
});
