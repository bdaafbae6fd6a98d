import { NEVER } from "./never.ts";

const ROOT = 1;

/**
 * The lowest of many times, one at each index from 0; NEVER where none was set. A tournament: each inner node has the lower of
 * its two times, so that a change costs the logarithm of their number. Of equal times the one at the lowest index comes first.
 */
export class TimeTree {
  /** Node n has the children 2n and 2n + 1; the leaves are the second half. */
  #times = new Float64Array(2).fill(NEVER);

  set(index: number, ns: number): void {
    while (index >= this.#leaves) this.#grow();
    const times = this.#times;
    let node = this.#leaves + index;
    times[node] = ns;
    while (node > ROOT) {
      const lower = Math.min(times[node], times[node ^ 1]);
      node >>= 1;
      if (times[node] === lower) return;
      times[node] = lower;
    }
  }

  timeAt(index: number): number {
    return index < this.#leaves ? this.#times[this.#leaves + index] : NEVER;
  }

  /** Index of the lowest time; -1 if all are NEVER. */
  get first(): number {
    const times = this.#times;
    const lowest = times[ROOT];
    if (lowest === NEVER) return -1;
    let node = ROOT;
    while (node < this.#leaves) {
      node *= 2;
      if (times[node] !== lowest) node++;
    }
    return node - this.#leaves;
  }

  /** The lowest of the times at all other indexes. */
  lowestExcept(index: number): number {
    const times = this.#times;
    let lowest = NEVER;
    for (let node = this.#leaves + index; node > ROOT; node >>= 1) lowest = Math.min(lowest, times[node ^ 1]);
    return lowest;
  }

  get #leaves(): number {
    return this.#times.length / 2;
  }

  #grow(): void {
    const old = this.#times.subarray(this.#leaves);
    this.#times = new Float64Array(4 * old.length).fill(NEVER);
    old.forEach((ns, index) => this.set(index, ns));
  }
}
