import { PageChains } from "../page-chains.ts";
import { type CacheOptions, defineAlgorithm, type SimulatedCache } from "../simulated-cache.ts";

/** The lists of the paper's figure 4: resident pages seen once and more often, and what was evicted from each. */
const NONE = 0;
const T1 = 1;
const T2 = 2;
const B1 = 3;
const B2 = 4;

/** The paper's figure 4, with the adaptation p as a real number. */
class Arc implements SimulatedCache {
  misses = 0;
  /** By page: the list it is on. */
  readonly #listOf: Uint8Array;
  readonly #lists: PageChains;
  readonly #frames: number;
  /** The paper's p: how many pages T1 should have. */
  #target = 0;

  constructor({ frames, pageCount }: CacheOptions) {
    this.#listOf = new Uint8Array(pageCount);
    this.#lists = new PageChains(pageCount, 5);
    this.#frames = frames;
  }

  access(pages: Uint32Array, count: number): void {
    for (let at = 0; at < count; at++) this.#touch(pages[at]);
  }

  holds(page: number): boolean {
    return this.#listOf[page] === T1 || this.#listOf[page] === T2;
  }

  #touch(page: number): void {
    const list = this.#listOf[page];
    if (list === T2 && this.#lists.newest(T2) === page) return;
    if (list === T1 || list === T2) this.#lists.remove(list, page);
    else {
      this.misses++;
      if (list === NONE) {
        this.#makeRoom();
        this.#put(T1, page);
        return;
      }
      this.#adapt(list);
      this.#replace(list === B2);
      this.#lists.remove(list, page);
    }
    this.#put(T2, page);
  }

  /** Cases II and III: a page comes back from B1 or B2. */
  #adapt(list: number): void {
    const [once, more] = [this.#lists.length(B1), this.#lists.length(B2)];
    if (list === B1) this.#target = Math.min(this.#target + Math.max(1, more / once), this.#frames);
    else this.#target = Math.max(this.#target - Math.max(1, once / more), 0);
  }

  /** Case IV: a page that is on no list. */
  #makeRoom(): void {
    const lists = this.#lists;
    const resident = lists.length(T1) + lists.length(T2);
    if (lists.length(T1) + lists.length(B1) === this.#frames) {
      if (lists.length(T1) < this.#frames) {
        this.#drop(B1);
        this.#replace(false);
      } else this.#drop(T1);
    } else if (resident === this.#frames) {
      const known = resident + lists.length(B1) + lists.length(B2);
      if (known === 2 * this.#frames) this.#drop(B2);
      this.#replace(false);
    }
  }

  /** The paper's REPLACE. */
  #replace(isFromB2: boolean): void {
    const once = this.#lists.length(T1);
    const isOnceTooLong = once > 0 && (once > this.#target || (isFromB2 && once === this.#target));
    if (isOnceTooLong) this.#put(B1, this.#lists.shift(T1));
    else this.#put(B2, this.#lists.shift(T2));
  }

  #drop(list: number): void {
    this.#listOf[this.#lists.shift(list)] = NONE;
  }

  #put(list: number, page: number): void {
    this.#lists.append(list, page);
    this.#listOf[page] = list;
  }
}

export const arc = defineAlgorithm({
  title: "ARC",
  victim:
    "the least recently used page of T1 (seen once) if T1 is longer than its target, else of T2 (seen more often); its number is kept in B1 or B2",
  hit: "goes to the end of T2",
  load: "to the end of T1, or of T2 if B1 or B2 has its number: then the target grows by the length of B2 over that of B1, or shrinks by that of B1 over that of B2, at least by 1; it is a real number",
  source: "N. Megiddo and D. S. Modha, FAST 2003, figure 4",
  parameters: {},
  looksAhead: false,
  isRandom: false,
  hasOnePass: false,
  create: (options) => new Arc(options),
});
