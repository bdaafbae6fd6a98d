/** Random numbers of a seed, the same in every browser: splitmix32, integers alone. */
export class Seeded {
  #state: number;

  /** `stream` tells independent series of one seed apart. */
  constructor(seed: number, stream: number) {
    this.#state = (Math.imul(seed ^ (seed / 0x1_0000_0000), 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b)) | 0;
    this.#next();
  }

  /** From 0 to below `end`. */
  below(end: number): number {
    return Math.floor((this.#next() / 0x1_0000_0000) * end);
  }

  /** From `min` to `max` (included). */
  between(min: number, max: number): number {
    return min + this.below(max - min + 1);
  }

  /** @throws RangeError for an empty list. */
  oneOf<Item>(items: readonly Item[]): Item {
    const index = this.below(items.length);
    const item = items[index];
    if (item === undefined) throw new RangeError("there is nothing to choose from");
    return item;
  }

  #next(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    let mixed = this.#state ^ (this.#state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }
}
