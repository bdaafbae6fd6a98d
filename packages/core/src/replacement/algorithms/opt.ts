import { NEVER_AGAIN } from "../../reuse/index.ts";
import { type CacheOptions, defineAlgorithm, type SimulatedCache } from "../simulated-cache.ts";

const WORD_SHIFT = 5;

/**
 * Belady's MIN. A resident page stands in a set of times by its next reference, which will hit if it is still in the set then: that
 * is all there is to know of it. The largest time leaves. The set is a bit for each reference, a bit above for each word of these
 * that is not empty, and so on. Times that have passed stay in the set: they are below all others.
 */
class Opt implements SimulatedCache {
  misses = 0;
  readonly #nextUses: Int32Array;
  readonly #frames: number;
  /** The lowest level first; the highest is one word. */
  readonly #levels: Int32Array[] = [];
  #time = 0;
  #resident = 0;
  /** Resident pages without a next reference. */
  #dead = 0;

  constructor({ frames, nextUses }: CacheOptions) {
    this.#nextUses = nextUses;
    this.#frames = frames;
    let bits = nextUses.length;
    do {
      bits = Math.max(1, Math.ceil(bits / 32));
      this.#levels.push(new Int32Array(bits));
    } while (bits > 1);
  }

  /** Its references are those that the next uses were computed from; it looks at these alone. */
  access(_pages: Uint32Array, count: number): void {
    const nextUses = this.#nextUses;
    const hits = this.#levels[0];
    const end = this.#time + count;
    for (let at = this.#time; at < end; at++) {
      if ((hits[at >> WORD_SHIFT] & (1 << at)) === 0) this.#load();
      const next = nextUses[at];
      if (next === NEVER_AGAIN) this.#dead++;
      else {
        const word = next >> WORD_SHIFT;
        if (hits[word] === 0) this.#mark(word);
        hits[word] |= 1 << next;
      }
    }
    this.#time = end;
  }

  #load(): void {
    this.misses++;
    if (this.#resident < this.#frames) this.#resident++;
    else if (this.#dead > 0) this.#dead--;
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
  victim: "the page whose next reference is furthest ahead; one without any before all others",
  hit: "no effect",
  load: "every page that misses is loaded",
  source: "L. A. Belady, IBM Systems Journal 5(2), 1966",
  parameters: {},
  looksAhead: true,
  isRandom: false,
  hasOnePass: false,
  create: (options) => new Opt(options),
});
