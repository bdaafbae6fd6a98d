/**
 * Waiting work of two classes: in each first come, first served; while both wait they take turns, so that neither
 * starves, however many wait in the other.
 */
export class TwoClassQueue<Item> {
  readonly #urgent = new Set<Item>();
  readonly #other = new Set<Item>();
  #wasUrgent = false;

  get size(): number {
    return this.#urgent.size + this.#other.size;
  }

  add(item: Item, isUrgent: boolean): void {
    (isUrgent ? this.#urgent : this.#other).add(item);
  }

  delete(item: Item): void {
    this.#urgent.delete(item);
    this.#other.delete(item);
  }

  /** The next one, which waits no longer; undefined if none waits. */
  take(): Item | undefined {
    const isUrgent = this.#urgent.size > 0 && (!this.#wasUrgent || this.#other.size === 0);
    this.#wasUrgent = isUrgent;
    const from = isUrgent ? this.#urgent : this.#other;
    const [item] = from;
    if (item !== undefined) from.delete(item);
    return item;
  }
}
