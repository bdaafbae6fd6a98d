import type { Prng } from "../prng/index.ts";

/**
 * Divides a number of pages over holdings, in proportion to them and to none more than it holds. Where proportions are not
 * whole, chance decides: each remaining page goes to a holding with the probability of its share of what is left to take.
 */
export function divideAtRandom(holdings: readonly number[], pages: number, prng: Prng): number[] {
  const total = holdings.reduce((sum, held) => sum + held, 0);
  const wanted = Math.min(pages, total);
  const shares = holdings.map((held) => (total === 0 ? 0 : Math.min(held, Math.floor((wanted * held) / total))));
  let missing = wanted - shares.reduce((sum, share) => sum + share, 0);
  if (missing === 0) return shares;
  const left = new PageSums(holdings.map((held, index) => held - shares[index]));
  for (; missing > 0; missing--) shares[left.takeAt(prng.nextBelow(left.total))]++;
  return shares;
}

/** Pages at indexes from 0, in a tree of their sums: one is found by its rank among all without a pass through them. */
export class PageSums {
  /** Node n has the children 2n and 2n + 1, and the sum of theirs; the leaves are the second half. */
  readonly #sums: Float64Array;

  constructor(pages: readonly number[]) {
    let leaves = 1;
    while (leaves < pages.length) leaves *= 2;
    this.#sums = new Float64Array(2 * leaves);
    this.#sums.set(pages, leaves);
    for (let node = leaves - 1; node > 0; node--) this.#sums[node] = this.#sums[2 * node] + this.#sums[2 * node + 1];
  }

  get total(): number {
    return this.#sums[1];
  }

  /** Takes one of the pages, by its rank from 0 (below `total`) in the order of indexes; returns its index. */
  takeAt(rank: number): number {
    const sums = this.#sums;
    const leaves = sums.length / 2;
    let before = rank;
    let node = 1;
    sums[node]--;
    while (node < leaves) {
      node *= 2;
      if (before >= sums[node]) before -= sums[node++];
      sums[node]--;
    }
    return node - leaves;
  }
}
