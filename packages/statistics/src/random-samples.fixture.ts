import { Prng } from "@ballast/core/prng";

/** Samples of known populations, from a seed. */
export class RandomSamples {
  readonly #random: Prng;

  constructor(name: string) {
    this.#random = Prng.named(20261129, name);
  }

  /** Of the normal distribution with mean 0 and variance 1 (Box and Muller). */
  normal(n: number): number[] {
    return this.#of(
      n,
      () => Math.sqrt(-2 * Math.log(1 - this.#random.nextFraction())) * Math.cos(2 * Math.PI * this.#random.nextFraction()),
    );
  }

  /** Of the exponential of a normal variable with standard deviation `sigma`; its mean is exp(sigma^2 / 2). */
  lognormal(n: number, sigma: number): number[] {
    return this.normal(n).map((value) => Math.exp(sigma * value));
  }

  #of(n: number, draw: () => number): number[] {
    return Array.from({ length: n }, draw);
  }
}
