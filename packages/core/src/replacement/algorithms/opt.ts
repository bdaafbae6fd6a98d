import { NEVER_AGAIN } from "../../reuse/index.ts";
import { type CacheOptions, defineAlgorithm, type SimulatedCache } from "../simulated-cache.ts";

const WORD_SHIFT = 5;

/**
 * Belady's MIN. A resident page stands in a set of times by its next reference, which will hit if it is still in the set then: that
 * is all there is to know of it. The largest time leaves; pages without a next reference stand behind all others. The set is a bit for
 * each time, a bit above for each word of these that is not empty, and so on. Times that have passed stay in it, below all others.
 */
class Opt implements SimulatedCache {
  misses = 0;
  readonly #nextUses: Int32Array;
  readonly #frames: number;
  /** The lowest level first; the highest is one word. */
  readonly #levels: Int32Array[] = [];
  #time = 0;
  #resident = 0;

  constructor({ frames, pageCount, nextUses }: CacheOptions) {
    this.#nextUses = nextUses;
    this.#frames = frames;
    let bits = nextUses.length + pageCount;
    do {
      bits = Math.ceil(bits / 32);
      this.#levels.push(new Int32Array(bits));
    } while (bits > 1);
  }

  access(pages: Uint32Array, count: number): void {
    const nextUses = this.#nextUses;
    const hits = this.#levels[0];
    const first = this.#time;
    for (let at = first; at < first + count; at++) {
      if ((hits[at >> WORD_SHIFT] & (1 << at)) === 0) this.#load();
      const next = nextUses[at];
      const time = next === NEVER_AGAIN ? nextUses.length + pages[at - first] : next;
      const word = time >> WORD_SHIFT;
      if (hits[word] === 0) this.#mark(word);
      hits[word] |= 1 << time;
    }
    this.#time = first + count;
  }

  holds(page: number, nextUse: number): boolean {
    const time = nextUse === NEVER_AGAIN ? this.#nextUses.length + page : nextUse;
    return (this.#levels[0][time >> WORD_SHIFT] & (1 << time)) !== 0;
  }

  #load(): void {
    this.misses++;
    if (this.#resident < this.#frames) this.#resident++;
    else this.#dropLatest();
  }

  /** Says in the levels above that a word of the lowest is not empty. */
  #mark(word: number): void {
    for (let level = 1, at = word; level < this.#levels.length; level++, at >>= WORD_SHIFT) {
      this.#levels[level][at >> WORD_SHIFT] |= 1 << at;
    }
  }

  #dropLatest(): void {
    let at = 0;
    for (let level = this.#levels.length - 1; level >= 0; level--) {
      at = (at << WORD_SHIFT) + 31 - Math.clz32(this.#levels[level][at]);
    }
    for (const level of this.#levels) {
      const word = at >> WORD_SHIFT;
      level[word] &= ~(1 << at);
      if (level[word] !== 0) return;
      at = word;
    }
  }
}

export const opt = defineAlgorithm({
  title: "Belady's MIN, exact",
  victim:
    "the page whose next reference is furthest ahead; one without any before all others, of several the one that was numbered last (which changes no count)",
  hit: "no effect",
  load: "every page that misses is loaded",
  source: "L. A. Belady, IBM Systems Journal 5(2), 1966",
  parameters: {},
  looksAhead: true,
  isRandom: false,
  hasOnePass: false,
  create: (options) => new Opt(options),
});
