import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MissRatioCurve } from "../../reuse/index.ts";
import { bestPartition, divideByGain, missesWith, type PartClaim } from "./partition.ts";

/** Falling or level, as every curve of LRU is. */
const curve: fc.Arbitrary<MissRatioCurve> = fc
  .record({
    stepPages: fc.integer({ min: 1, max: 3 }),
    falls: fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 6 }),
    accesses: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ stepPages, falls, accesses }) => {
    let ratio = 1;
    return { stepPages, accesses, missRatios: falls.map((fall) => (ratio = (ratio * (20 - fall)) / 20)) };
  });

const claim: fc.Arbitrary<PartClaim> = fc
  .tuple(curve, fc.nat(3), fc.nat(12))
  .map(([its, lowestPages, more]) => ({ curve: its, lowestPages, maxPages: lowestPages + more }));

function missesOf(claims: readonly PartClaim[], parts: readonly number[]): number {
  return claims.reduce((sum, { curve: its }, index) => sum + missesWith(its, parts[index]), 0);
}

/** Every partition in units of one page, one after the other. */
function fewestMisses(claims: readonly PartClaim[], pages: number): number {
  const [first, ...others] = claims;
  if (first === undefined) return 0;
  let fewest = Infinity;
  for (let part = first.lowestPages; part <= Math.min(first.maxPages, pages); part++) {
    fewest = Math.min(fewest, missesWith(first.curve, part) + fewestMisses(others, pages - part));
  }
  return fewest;
}

describe("the best static partition", () => {
  test("misses as little as the best of all partitions, tried one by one", () => {
    fc.assert(
      fc.property(fc.array(claim, { maxLength: 3 }), fc.nat(20), (claims, pages) => {
        const parts = bestPartition(claims, pages, 1);
        const fewest = fewestMisses(claims, pages);
        if (parts === null) {
          expect(fewest).toBe(Infinity);
          return;
        }
        expect(parts.reduce((sum, part) => sum + part, 0)).toBeLessThanOrEqual(pages);
        parts.forEach((part, index) => expect(part).toBeGreaterThanOrEqual(claims[index].lowestPages));
        expect(missesOf(claims, parts)).toBeCloseTo(fewest, 9);
      }),
    );
  });

  // By hand: with 3 of 4 pages the first loops without a hit, with 4 it misses nothing more; the second gains 1 per page.
  test("sees a cliff that single pages do not show", () => {
    const cliff = { stepPages: 1, missRatios: [1, 1, 1, 0.1], accesses: 100 };
    const slope = { stepPages: 1, missRatios: [0.9, 0.8, 0.7, 0.6, 0.5], accesses: 100 };
    const claims = [cliff, slope].map((its) => ({ curve: its, lowestPages: 0, maxPages: 5 }));
    expect(bestPartition(claims, 5, 1)).toEqual([4, 1]);
    expect(divideByGain(claims, 5)).toEqual([4, 1]);
  });

  test("in larger units, parts are whole units, and the lower bounds are rounded up to them", () => {
    const steep = { stepPages: 1, missRatios: [0.5, 0.2, 0.1, 0], accesses: 10 };
    const claims = [steep, steep].map((its) => ({ curve: its, lowestPages: 1, maxPages: 8 }));
    expect(bestPartition(claims, 9, 2)).toEqual([4, 4]);
    expect(bestPartition(claims, 3, 2)).toBeNull();
  });
});

describe("division by marginal gain", () => {
  test("never misses less than the best partition, and keeps every bound", () => {
    fc.assert(
      fc.property(fc.array(claim, { minLength: 1, maxLength: 3 }), fc.nat(20), (claims, pages) => {
        const lowest = claims.reduce((sum, { lowestPages }) => sum + lowestPages, 0);
        fc.pre(lowest <= pages);
        const parts = divideByGain(claims, pages);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBeLessThanOrEqual(pages);
        parts.forEach((part, index) => {
          expect(part).toBeGreaterThanOrEqual(claims[index].lowestPages);
          expect(part).toBeLessThanOrEqual(claims[index].maxPages);
        });
        expect(missesOf(claims, parts) + 1e-9).toBeGreaterThanOrEqual(fewestMisses(claims, pages));
      }),
    );
  });

  // Falls that become smaller and smaller: the theorem that greedy division of convex costs is optimal.
  test("is as good as the best partition where every curve is convex", () => {
    const convex = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 8 }).map((falls) => {
      const sorted = [...falls].sort((x, y) => y - x);
      const total = sorted.reduce((sum, fall) => sum + fall, 0) + 1;
      let misses = total;
      return { stepPages: 1, missRatios: sorted.map((fall) => (misses -= fall) / total), accesses: total };
    });
    fc.assert(
      fc.property(fc.array(convex, { minLength: 1, maxLength: 3 }), fc.nat(16), (curves, pages) => {
        const claims = curves.map((its) => ({ curve: its, lowestPages: 0, maxPages: 16 }));
        const byGain = missesOf(claims, divideByGain(claims, pages));
        expect(byGain).toBeCloseTo(fewestMisses(claims, pages), 9);
      }),
    );
  });
});
