import { IntHeap } from "./int-heap.ts";
import { DistanceCounts, type MissRatioCurve } from "./miss-ratio-curve.ts";
import { FIRST_TOUCH, StackDistances } from "./stack-distances.ts";

/** Hashes are below this; the paper's P. */
const HASHES = 2 ** 24;

export type ShardsOptions = {
  /** Fraction of the pages that is sampled at first, above 0 to 1. */
  readonly rate: number;
  /** Pages that are sampled at most: the rate falls when there would be more. */
  readonly maxPages?: number;
  readonly stepPages: number;
  readonly steps: number;
  /** A whole number that makes another choice of pages. */
  readonly salt: number;
};

export type ShardsState = { readonly order: Int32Array; readonly threshold: number; readonly counts: Float64Array };

/**
 * A miss ratio curve of LRU from the accesses to few pages: SHARDS (C. A. Waldspurger and others, FAST 2015). A page is
 * sampled if its hash is below a threshold, so that either all of its accesses count or none; distances among sampled
 * pages, and their counts, are divided by the rate. With `maxPages` it is the paper's fixed size variant: the page of
 * the highest hash leaves, and its hash is the new threshold.
 */
export class ShardsCurve {
  private readonly options: ShardsOptions;
  private readonly counts: DistanceCounts;
  private distances = new StackDistances();
  private hashes = new IntHeap();
  private readonly pagesOf = new Map<number, number[]>();
  private threshold: number;

  constructor(options: ShardsOptions) {
    this.options = options;
    this.counts = new DistanceCounts(options.stepPages, options.steps);
    this.threshold = Math.max(1, Math.round(options.rate * HASHES));
  }

  /** Fraction of the pages that is sampled now. */
  get rate(): number {
    return this.threshold / HASHES;
  }

  /** Pages that have been touched and are sampled. */
  get sampledPages(): number {
    return this.distances.size;
  }

  /** Whether accesses to a page count. Once it is false for a page, it stays so. */
  isSampled(page: number): boolean {
    return hash(page, this.options.salt) < this.threshold;
  }

  /** Notes an access; pages that are not sampled are passed over. */
  touch(page: number): void {
    if (!this.isSampled(page)) return;
    const known = this.distances.size;
    const scale = 1 / this.rate;
    const distance = this.distances.touch(page);
    this.counts.add(distance === FIRST_TOUCH ? distance : distance * scale, scale);
    if (this.distances.size > known) this.enter(page);
  }

  /** The curve; with the number of all accesses, if it is known, SHARDS-adj. */
  curve(accesses?: number): MissRatioCurve {
    return this.counts.curve(accesses);
  }

  save(): ShardsState {
    return { order: this.distances.order(), threshold: this.threshold, counts: this.counts.save() };
  }

  load(state: ShardsState): void {
    this.threshold = state.threshold;
    this.counts.load(state.counts);
    this.distances = StackDistances.of(state.order);
    this.hashes = new IntHeap();
    this.pagesOf.clear();
    if (this.options.maxPages !== undefined) for (const page of state.order) this.keepHash(page);
  }

  private enter(page: number): void {
    const { maxPages } = this.options;
    if (maxPages === undefined) return;
    this.keepHash(page);
    if (this.distances.size > maxPages) this.lowerThreshold();
  }

  private keepHash(page: number): void {
    const value = hash(page, this.options.salt);
    const pages = this.pagesOf.get(value);
    if (pages !== undefined) pages.push(page);
    else {
      this.pagesOf.set(value, [page]);
      this.hashes.push(value);
    }
  }

  private lowerThreshold(): void {
    if (this.hashes.largest === 0) return;
    this.threshold = this.hashes.pop();
    for (const page of this.pagesOf.get(this.threshold) ?? []) this.distances.forget(page);
    this.pagesOf.delete(this.threshold);
  }
}

/** Mixes all bits of a page number and a salt into 24: a finalizer of two multiplications and three shifts. */
function hash(page: number, salt: number): number {
  let mixed = (page ^ salt) + 0x9e3779b9;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 8;
}
