import { assert } from "../assert/index.ts";

/** Up to this many values (included) a sketch keeps each of them, and its percentiles are exact. */
export const EXACT_VALUES = 512;

/** Buckets for each power of two. A percentile differs from the exact one by at most one part in twice this number. */
const OCTAVE_BITS = 7;
const BUCKETS_PER_OCTAVE = 1 << OCTAVE_BITS;
/** Relative error of a percentile of more than `EXACT_VALUES` values. */
export const RELATIVE_ERROR = 1 / (2 * BUCKETS_PER_OCTAVE);

const TWO_TO_32 = 0x1_0000_0000;

/** Of two, by exponent: a table, because `**` takes longer than all else here. */
const POWERS = new Float64Array(53).fill(1);
for (let exponent = 1; exponent < POWERS.length; exponent++) POWERS[exponent] = 2 * POWERS[exponent - 1];

/** Buckets that there is room for at first: times up to 60 us. */
const FIRST_BUCKETS = 1_024;

export type SavedSketch = {
  readonly sum: number;
  readonly max: number;
  /** Each value, while there are few. */
  readonly values: readonly number[];
  /** Pairs of a bucket and its count, by bucket, once there are more. */
  readonly buckets: readonly (readonly [bucket: number, count: number])[];
};

/**
 * Percentiles of whole numbers in little memory: all values while there are few, then counts of buckets whose width is
 * proportional to their values, as in DDSketch (C. Masson, J. E. Rim, H. K. Lee, VLDB 2019) with the linear subdivision of
 * powers of two that HdrHistogram has: no logarithm, the same on every machine. What a sketch holds depends on its values
 * alone, and neither on their order nor on how sketches were merged.
 */
export class QuantileSketch {
  #count = 0;
  #sum = 0;
  #max = 0;
  #values: number[] = [];
  /** Counts by bucket; empty while every value is kept. */
  #buckets = new Float64Array(0);

  get count(): number {
    return this.#count;
  }

  get sum(): number {
    return this.#sum;
  }

  /** 0 if there is no value. */
  get max(): number {
    return this.#max;
  }

  /** A whole number from 0 to 2^53 - 1. */
  add(value: number): void {
    assert(Number.isSafeInteger(value) && value >= 0, () => `a sketch takes whole numbers from 0, not ${value}`);
    this.#sum += value;
    if (value > this.#max) this.#max = value;
    if (++this.#count > EXACT_VALUES) {
      if (this.#values.length > 0) this.#leaveExact();
      this.#countIn(bucketOf(value), 1);
    } else this.#values.push(value);
  }

  /** Adds all values of another sketch. */
  merge(other: QuantileSketch): void {
    this.#count += other.#count;
    this.#sum += other.#sum;
    this.#max = Math.max(this.#max, other.#max);
    this.#values.push(...other.#values);
    for (const [bucket, count] of other.#counted()) this.#countIn(bucket, count);
    if (this.#count > EXACT_VALUES) this.#leaveExact();
  }

  /**
   * The smallest value that at least `percent` per cent of the values do not exceed (the nearest rank); `percent` is a whole number
   * from 1 to 100 (both included). Null if there is no value.
   */
  percentile(percent: number): number | null {
    if (this.#count === 0) return null;
    const rank = Math.ceil((percent * this.#count) / 100);
    if (this.#buckets.length === 0) return this.#values.toSorted((left, right) => left - right)[rank - 1];
    let passed = 0;
    for (const [bucket, count] of this.#counted()) {
      passed += count;
      if (passed >= rank) return Math.min(middleOf(bucket), this.#max);
    }
    return this.#max;
  }

  save(): SavedSketch {
    const values = this.#values.toSorted((left, right) => left - right);
    return { sum: this.#sum, max: this.#max, values, buckets: this.#counted() };
  }

  static restore({ sum, max, values, buckets }: SavedSketch): QuantileSketch {
    const restored = new QuantileSketch();
    restored.#sum = sum;
    restored.#max = max;
    restored.#values = [...values];
    for (const [bucket, count] of buckets) restored.#countIn(bucket, count);
    restored.#count = values.length + buckets.reduce((total, [, count]) => total + count, 0);
    return restored;
  }

  #leaveExact(): void {
    for (const value of this.#values) this.#countIn(bucketOf(value), 1);
    this.#values = [];
  }

  #countIn(bucket: number, count: number): void {
    if (bucket >= this.#buckets.length) {
      const larger = new Float64Array(Math.max(FIRST_BUCKETS, bucket + 1, 2 * this.#buckets.length));
      larger.set(this.#buckets);
      this.#buckets = larger;
    }
    this.#buckets[bucket] += count;
  }

  /** Those that have a value, in their order. */
  #counted(): [bucket: number, count: number][] {
    return [...this.#buckets.entries()].filter(([, count]) => count > 0);
  }
}

/** Below twice `BUCKETS_PER_OCTAVE` a bucket has one value; the value is its number. */
function bucketOf(value: number): number {
  if (value < TWO_TO_32) {
    const doublings = Math.max(0, 31 - OCTAVE_BITS - Math.clz32(value));
    return doublings * BUCKETS_PER_OCTAVE + (value >>> doublings);
  }
  const doublings = 63 - OCTAVE_BITS - Math.clz32(Math.floor(value / TWO_TO_32));
  return doublings * BUCKETS_PER_OCTAVE + Math.floor(value / POWERS[doublings]);
}

function middleOf(bucket: number): number {
  const doublings = Math.max(0, Math.floor(bucket / BUCKETS_PER_OCTAVE) - 1);
  const width = POWERS[doublings];
  return (bucket - doublings * BUCKETS_PER_OCTAVE) * width + Math.floor((width - 1) / 2);
}
