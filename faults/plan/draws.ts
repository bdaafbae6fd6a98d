import { Prng } from "../../packages/core/src/prng/index.ts";

/** Random choices of one named stream: equal seed and name, equal choices. */
export class Draws {
  readonly #prng: Prng;

  constructor(seed: number, name: string) {
    this.#prng = Prng.named(seed, name);
  }

  /** A whole number in [from, to], both included. @throws RangeError unless these are whole numbers in order, at most 2^32 of them. */
  between(from: number, to: number): number {
    const count = to - from + 1;
    if (!Number.isSafeInteger(count) || count < 1 || count > 2 ** 32)
      throw new RangeError(`there are no whole numbers to choose from between ${from} and ${to}`);
    return from + this.#prng.nextBelow(count);
  }

  /** In [0, 1). */
  fraction(): number {
    return this.#prng.nextFraction();
  }

  rng(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    for (const item of items.slice(this.#prng.nextBelow(Math.max(1, items.length)))) return item;
    throw new Error("there is nothing to choose from");
  }

  /** One of the names, each as often as its weight says. */
  weighted<Name extends string>(weights: Readonly<Partial<Record<Name, number>>>): Name {
    const entries = Object.entries(weights) as [Name, number][];
    let left = this.fraction() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of entries) {
      left -= weight;
      if (left < 0) return name;
    }
    throw new Error("there is nothing to choose from");
  }

  many<Item>(count: number, draw: (index: number) => Item): Item[] {
    return Array.from({ length: count }, (_, index) => draw(index));
  }
}
