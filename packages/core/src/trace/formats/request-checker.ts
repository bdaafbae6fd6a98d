/** What libCacheSim writes for an object that is not asked for again: -1, or INT64_MAX in some traces. */
const NEVER_HIGH: ReadonlySet<number> = new Set([0xffffffff, 0x7fffffff]);
const NEVER_LOW = 0xffffffff;
/** Upper half of 2^40, more requests than any trace has: larger numbers tell a file of another kind. */
const MAX_NEXT_HIGH = 2 ** 8;
const TWO_TO_THE_32 = 2 ** 32;

/**
 * Whether requests can be those of a libCacheSim trace: times never go back, and the next access to an object, given as
 * the number of its request counted from 0 or from 1, lies ahead or never comes.
 */
export class RequestChecker {
  #index = 0;
  #time = 0;

  /** Requests so far. */
  get count(): number {
    return this.#index;
  }

  /** Takes the next request; gives what is wrong with it, or undefined. */
  check(time: number, nextHigh: number, nextLow: number): string | undefined {
    const index = this.#index;
    this.#index += 1;
    if (time < this.#time) return `its time ${time} is before ${this.#time}, the time of the one before it`;
    this.#time = time;
    if (nextHigh < MAX_NEXT_HIGH && nextHigh * TWO_TO_THE_32 + nextLow > index) return undefined;
    if (nextLow === NEVER_LOW && NEVER_HIGH.has(nextHigh)) return undefined;
    const next = (BigInt(nextHigh) << 32n) | BigInt(nextLow);
    return `its next access ${BigInt.asIntN(64, next)} is neither a later request nor -1 or 2^63-1 (never)`;
  }
}
