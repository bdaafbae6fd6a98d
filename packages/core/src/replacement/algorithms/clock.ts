import { type CacheOptions, defineAlgorithm, type SimulatedCache } from "../simulated-cache.ts";

const ABSENT = 0;
const CLEAR = 1;
const SET = 2;

/** Second chance: a ring of frames, and a hand that clears the bits of the pages it passes. */
class Clock implements SimulatedCache {
  misses = 0;
  /** By page: whether it is resident, and its referenced bit. */
  readonly #states: Uint8Array;
  readonly #pageIn: Int32Array;
  readonly #stateOnLoad: typeof CLEAR | typeof SET;
  #hand = 0;

  constructor({ frames, pageCount }: CacheOptions, bitOnLoad: "set" | "clear") {
    this.#states = new Uint8Array(pageCount);
    this.#pageIn = new Int32Array(frames).fill(-1);
    this.#stateOnLoad = bitOnLoad === "set" ? SET : CLEAR;
  }

  access(pages: Uint32Array, count: number): void {
    const states = this.#states;
    for (let at = 0; at < count; at++) {
      const page = pages[at];
      const state = states[page];
      if (state === SET) continue;
      if (state === ABSENT) this.#load(page);
      else states[page] = SET;
    }
  }

  holds(page: number): boolean {
    return this.#states[page] !== ABSENT;
  }

  #load(page: number): void {
    this.misses++;
    const states = this.#states;
    const pageIn = this.#pageIn;
    let hand = this.#hand;
    let victim = pageIn[hand];
    while (victim >= 0 && states[victim] === SET) {
      states[victim] = CLEAR;
      hand = hand + 1 === pageIn.length ? 0 : hand + 1;
      victim = pageIn[hand];
    }
    if (victim >= 0) states[victim] = ABSENT;
    pageIn[hand] = page;
    states[page] = this.#stateOnLoad;
    this.#hand = hand + 1 === pageIn.length ? 0 : hand + 1;
  }
}

export const clock = defineAlgorithm({
  title: "CLOCK, second chance",
  victim:
    "the first page from the hand with a clear referenced bit; the hand clears the bits that it passes, and stops behind the loaded page",
  hit: "sets the bit",
  load: "goes behind the hand, into the victim's frame",
  source: "F. J. Corbato, 1968",
  parameters: {
    referenceBitOnLoad: {
      words: ["set", "clear"],
      description:
        "the bit of a page that comes in: set, as hardware does by the access that faulted, or clear, as most cache simulators have it",
    },
  },
  looksAhead: false,
  isRandom: false,
  hasOnePass: false,
  create: (options, { referenceBitOnLoad }) => new Clock(options, referenceBitOnLoad),
});
