import { NEVER_AGAIN } from "../../reuse/index.ts";
import { type CacheOptions, defineAlgorithm, type SimulatedCache } from "../simulated-cache.ts";

const WORD_SHIFT = 5;

/**
 * A set of times, of which the largest is found in a few steps: a bit for each time, a bit above for each word of these that is not
 * empty, and so on; the highest level is one word.
 */
export class TimeSet {
  /** The lowest level. Read from outside, and written if the word is not empty, where a call for each time would be slow. */
  readonly bits: Int32Array;
  readonly #levels: Int32Array[] = [];

  /** Times are below `end`. */
  constructor(end: number) {
    let bits = end;
    do {
      bits = Math.ceil(bits / 32);
      this.#levels.push(new Int32Array(bits));
    } while (bits > 1);
    this.bits = this.#levels[0];
  }

  has(time: number): boolean {
    return (this.bits[time >> WORD_SHIFT] & (1 << time)) !== 0;
  }

  add(time: number): void {
    const word = time >> WORD_SHIFT;
    if (this.bits[word] === 0) this.#mark(word);
    this.bits[word] |= 1 << time;
  }

  delete(time: number): void {
    let at = time;
    for (const level of this.#levels) {
      const word = at >> WORD_SHIFT;
      level[word] &= ~(1 << at);
      if (level[word] !== 0) return;
      at = word;
    }
  }

  /** -1 if there is none. */
  get latest(): number {
    let at = 0;
    for (let level = this.#levels.length - 1; level >= 0; level--) {
      const word = this.#levels[level][at];
      if (word === 0) return -1;
      at = (at << WORD_SHIFT) + 31 - Math.clz32(word);
    }
    return at;
  }

  /** Says in the levels above that a word of the lowest is not empty. */
  #mark(word: number): void {
    for (let level = 1, at = word; level < this.#levels.length; level++, at >>= WORD_SHIFT) {
      this.#levels[level][at >> WORD_SHIFT] |= 1 << at;
    }
  }
}

/**
 * Belady's MIN. A resident page stands in a set of times by its next reference, which will hit if it is still in the set then: that
 * is all there is to know of it. The largest time leaves; pages without a next reference stand behind all others. Times that have
 * passed stay in the set, below all others.
 */
class Opt implements SimulatedCache {
  misses = 0;
  readonly #nextUses: Int32Array;
  readonly #frames: number;
  readonly #times: TimeSet;
  #time = 0;
  #resident = 0;

  constructor({ frames, pageCount, nextUses }: CacheOptions) {
    this.#nextUses = nextUses;
    this.#frames = frames;
    this.#times = new TimeSet(nextUses.length + pageCount);
  }

  access(pages: Uint32Array, count: number): void {
    const nextUses = this.#nextUses;
    const times = this.#times;
    const { bits } = times;
    const first = this.#time;
    for (let at = first; at < first + count; at++) {
      if ((bits[at >> WORD_SHIFT] & (1 << at)) === 0) this.#load();
      const next = nextUses[at];
      const time = next === NEVER_AGAIN ? nextUses.length + pages[at - first] : next;
      if (bits[time >> WORD_SHIFT] === 0) times.add(time);
      else bits[time >> WORD_SHIFT] |= 1 << time;
    }
    this.#time = first + count;
  }

  holds(page: number, nextUse: number): boolean {
    return this.#times.has(nextUse === NEVER_AGAIN ? this.#nextUses.length + page : nextUse);
  }

  #load(): void {
    this.misses++;
    if (this.#resident < this.#frames) this.#resident++;
    else this.#times.delete(this.#times.latest);
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
