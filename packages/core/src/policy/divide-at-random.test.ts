import fc from "fast-check";
import { expect, test } from "vitest";
import { Prng } from "../prng/index.ts";
import { caseCount } from "../testing/case-count.ts";
import { divideAtRandom, PageSums } from "./divide-at-random.ts";

const holdings = fc.array(fc.oneof(fc.nat(3), fc.nat(1000)), { minLength: 1, maxLength: 40 });

/** Index of the page of a rank, found from the first index on. */
function indexOfRank(pages: readonly number[], rank: number): number {
  let before = rank;
  return pages.findIndex((count) => {
    before -= count;
    return before < 0;
  });
}

// Oracle: a pass through all indexes for each page.
test("pages are taken at the indexes that a pass through all finds", () => {
  fc.assert(
    fc.property(holdings, fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { maxLength: 60 }), (pages, ranks) => {
      const sums = new PageSums(pages);
      const left = [...pages];
      for (const fraction of ranks) {
        const total = left.reduce((sum, count) => sum + count, 0);
        expect(sums.total).toBe(total);
        if (total === 0) break;
        const rank = Math.floor(fraction * total);
        const index = indexOfRank(left, rank);
        expect(sums.takeAt(rank)).toBe(index);
        left[index]--;
      }
    }),
    { numRuns: caseCount(300, 30_000) },
  );
});

test("a division gives out what is wanted or all there is, and to none more than it holds or less than its whole share", () => {
  fc.assert(
    fc.property(holdings, fc.nat(5000), fc.nat(), (held, pages, seed) => {
      const total = held.reduce((sum, count) => sum + count, 0);
      const shares = divideAtRandom(held, pages, Prng.named(seed, "policy"));
      const wanted = Math.min(pages, total);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(wanted);
      shares.forEach((share, index) => {
        expect(share).toBeLessThanOrEqual(held[index]);
        expect(share).toBeGreaterThanOrEqual(Math.floor((wanted * held[index]) / Math.max(1, total)));
      });
    }),
    { numRuns: caseCount(300, 30_000) },
  );
});
