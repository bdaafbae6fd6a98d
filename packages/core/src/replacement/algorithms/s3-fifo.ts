import { PageChains } from "../page-chains.ts";
import { type CacheOptions, defineAlgorithm, type SimulatedCache } from "../simulated-cache.ts";

const NONE = 0;
const SMALL = 1;
const MAIN = 2;
const GHOST = 3;

const SMALL_DIVISOR = 10;
/** References that are counted at most: two bits. */
const MAX_COUNT = 3;
/** Further references in the small queue that take a page to the main queue. */
const MOVE_COUNT = 2;

/** Three queues, each first in, first out. */
class S3Fifo implements SimulatedCache {
  misses = 0;
  readonly #queueOf: Uint8Array;
  /** By page: references since it came in or was moved, not counting the one that brought it in. */
  readonly #counts: Uint8Array;
  readonly #queues: PageChains;
  readonly #frames: number;
  readonly #smallFrames: number;
  readonly #ghosts: number;
  /** Whether pages may come into the main queue because the small one is full and no page has been evicted yet. */
  #fillsMain: boolean;

  constructor({ frames, pageCount }: CacheOptions, ghosts: "nine-tenths" | "main", whileFilling: "small" | "main") {
    this.#queueOf = new Uint8Array(pageCount);
    this.#counts = new Uint8Array(pageCount);
    this.#queues = new PageChains(pageCount, 4);
    this.#frames = frames;
    this.#smallFrames = Math.max(1, Math.floor(frames / SMALL_DIVISOR));
    this.#fillsMain = whileFilling === "main";
    this.#ghosts = ghosts === "main" ? frames - this.#smallFrames : Math.floor((frames * (SMALL_DIVISOR - 1)) / SMALL_DIVISOR);
  }

  access(pages: Uint32Array, count: number): void {
    const queueOf = this.#queueOf;
    const counts = this.#counts;
    for (let at = 0; at < count; at++) {
      const page = pages[at];
      const queue = queueOf[page];
      if (queue === NONE || queue === GHOST) this.#load(page, queue);
      else if (counts[page] < MAX_COUNT) counts[page]++;
    }
  }

  holds(page: number): boolean {
    return this.#queueOf[page] === SMALL || this.#queueOf[page] === MAIN;
  }

  #load(page: number, queue: number): void {
    this.misses++;
    if (queue === GHOST) {
      this.#queues.remove(GHOST, page);
      this.#queueOf[page] = NONE;
    }
    while (this.#queues.length(SMALL) + this.#queues.length(MAIN) >= this.#frames) {
      this.#fillsMain = false;
      if (this.#queues.length(SMALL) >= this.#smallFrames) this.#evictFromSmall();
      else this.#evictFromMain();
    }
    const isFilling = this.#fillsMain && this.#queues.length(SMALL) >= this.#smallFrames;
    this.#put(queue === GHOST || isFilling ? MAIN : SMALL, page);
    this.#counts[page] = 0;
  }

  /** Moves pages to the main queue until there is one to evict, or none left. */
  #evictFromSmall(): void {
    while (this.#queues.length(SMALL) > 0) {
      const page = this.#queues.shift(SMALL);
      if (this.#counts[page] < MOVE_COUNT) return this.#remember(page);
      this.#put(MAIN, page);
      this.#counts[page] = 0;
    }
  }

  #evictFromMain(): void {
    for (;;) {
      const page = this.#queues.shift(MAIN);
      if (this.#counts[page] === 0) {
        this.#queueOf[page] = NONE;
        return;
      }
      this.#counts[page]--;
      this.#queues.append(MAIN, page);
    }
  }

  #remember(page: number): void {
    this.#queueOf[page] = NONE;
    if (this.#ghosts === 0) return;
    if (this.#queues.length(GHOST) === this.#ghosts) this.#queueOf[this.#queues.shift(GHOST)] = NONE;
    this.#put(GHOST, page);
  }

  #put(queue: number, page: number): void {
    this.#queues.append(queue, page);
    this.#queueOf[page] = queue;
  }
}

export const s3Fifo = defineAlgorithm({
  title: "S3-FIFO",
  victim:
    "if the small queue has a tenth of the frames (rounded down, at least 1) or more: its oldest page, whose number goes to the ghost queue; one with two or more further references is moved to the main queue, with a count of 0, and the next is looked at. Else the oldest page of the main queue with a count of 0; others are put to its end with one less",
  hit: "counts one more reference, up to 3",
  load: "to the end of the small queue, or of the main queue if the ghost queue has its number, which leaves it; the count is 0",
  source: "J. Yang and others, SOSP 2023",
  parameters: {
    ghosts: {
      words: ["nine-tenths", "main"],
      description:
        "length of the ghost queue: nine tenths of all frames, rounded down (the authors' simulator), or as many numbers as the main queue has frames (the paper); both are equal for multiples of 10",
    },
    whileFilling: {
      words: ["small", "main"],
      description:
        "where new pages go while there are free frames and the small queue has its tenth: still to the small queue (the paper), or to the main queue (libCacheSim's S3FIFO since December 2024)",
    },
  },
  looksAhead: false,
  isRandom: false,
  hasOnePass: false,
  create: (options, { ghosts, whileFilling }) => new S3Fifo(options, ghosts, whileFilling),
});
