/** @internal Part of Ballast itself: changes without notice. */

/**
 * Integer pseudo-random streams: xoshiro128** (Blackman and Vigna, "Scrambled linear pseudorandom number generators",
 * ACM TOMS 2021), seeded through splitmix32. Each stream has a name, so that one more draw in a policy does not
 * shift a workload. Equal seed and name give equal draws on every machine.
 */
export type PrngState = readonly [number, number, number, number];

export class Prng {
  private s0: number;
  private s1: number;
  private s2: number;
  private s3: number;

  constructor(state: PrngState) {
    [this.s0, this.s1, this.s2, this.s3] = state;
  }

  /** The stream of that name under a seed. The seed is an integer from 0 to 2^53 - 1. */
  static named(seed: number, name: string): Prng {
    let hash = ((seed % 0x1_0000_0000) | 0) ^ Math.imul(Math.floor(seed / 0x1_0000_0000) + 1, 0x9e3779b1);
    for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
    let counter = hash | 0;
    const next = (): number => {
      counter = (counter + 0x9e3779b9) | 0;
      let mixed = counter ^ (counter >>> 16);
      mixed = Math.imul(mixed, 0x21f0aaad);
      mixed ^= mixed >>> 15;
      mixed = Math.imul(mixed, 0x735a2d97);
      return mixed ^ (mixed >>> 15);
    };
    return new Prng([next() | 0, next() | 0, next() | 0, next() | 1]);
  }

  /** 32 random bits as an unsigned integer. */
  nextUint32(): number {
    const scrambled = Math.imul(this.s1, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const shifted = this.s1 << 9;
    this.s2 ^= this.s0;
    this.s3 ^= this.s1;
    this.s1 ^= this.s2;
    this.s0 ^= this.s3;
    this.s2 ^= shifted;
    this.s3 = (this.s3 << 11) | (this.s3 >>> 21);
    return result;
  }

  /** Uniform integer in [0, bound); bound from 1 to 2^32. Unbiased: draws again in the uneven tail. */
  nextBelow(bound: number): number {
    const limit = 0x1_0000_0000 - (0x1_0000_0000 % bound);
    let draw = this.nextUint32();
    while (draw >= limit) draw = this.nextUint32();
    return draw % bound;
  }

  /** Uniform integer in [0, bound); bound from 1 to 2^53. Unbiased, and two draws of the stream or more. */
  nextBelowSafe(bound: number): number {
    const limit = 2 ** 53 - (2 ** 53 % bound);
    for (;;) {
      const draw = (this.nextUint32() >>> 11) * 2 ** 32 + this.nextUint32();
      if (draw < limit) return draw % bound;
    }
  }

  /** Uniform in [0, 1), a multiple of 2^-32. */
  nextFraction(): number {
    return this.nextUint32() / 0x1_0000_0000;
  }

  save(): PrngState {
    return [this.s0, this.s1, this.s2, this.s3];
  }

  load(state: PrngState): void {
    [this.s0, this.s1, this.s2, this.s3] = state;
  }
}
