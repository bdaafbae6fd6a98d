import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sumFrom } from "./age-histogram.ts";
import { bestThreshold, noteBest, percentileOf } from "./threshold.ts";

describe("the best threshold", () => {
  // Oracle: the target of A. Lagar-Cavilla et al., ASPLOS 2019, by arithmetic: 0.2 % of 10,000 pages in each of 2 minutes.
  const allowed = 0.002 * 10_000 * 2;

  test.each([
    [[9000, 41, 0, 0], 2],
    [[9000, 10, 30, 0], 1],
    [[9000, 100, 30, 10], 2],
    [[9000, 100, 31, 10], 3],
    [[9000, 100, 31, 41], 4],
    [[9000, 0, 0, 0], 1],
  ])("for promotions %j is %i scans", (promotions, threshold) => {
    expect(bestThreshold(promotions, allowed)).toBe(threshold);
  });

  test("is the lowest that keeps the target (oracle: every threshold, one after the other)", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 2, maxLength: 12 }), fc.nat(60), (promotions, pages) => {
        const fit = promotions.findIndex((_, age) => age >= 1 && sumFrom(promotions, age) <= pages);
        expect(bestThreshold(promotions, pages)).toBe(fit < 0 ? promotions.length : fit);
      }),
    );
  });
});

describe("the K-th percentile of the best thresholds", () => {
  const noted = (bests: readonly number[]): number[] => bests.reduce<number[]>(noteBest, []);

  test("is the lowest that was enough in K percent of scans (oracle: a sorted list)", () => {
    const percent = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 60 }), percent, (bests, percentile) => {
        const sorted = [...bests].sort((left, right) => left - right);
        const rank = Math.max(1, Math.ceil((percentile * bests.length) / 100));
        expect(percentileOf(noted(bests), percentile)).toBe(sorted[rank - 1]);
      }),
    );
  });

  test("rises by one bad scan of forty at K = 98, and not by one of sixty", () => {
    const calm = (scans: number): number[] => [...Array.from({ length: scans - 1 }, () => 2), 7];
    expect(percentileOf(noted(calm(40)), 98)).toBe(7);
    expect(percentileOf(noted(calm(60)), 98)).toBe(2);
  });
});
