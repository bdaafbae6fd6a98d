import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { caseCount, isLongRun } from "@ballast/core/testing/case-count";
import { type Estimate, estimateMean } from "./estimate.ts";
import { magnitudeOf } from "./sample.ts";
import { RandomSamples } from "./random-samples.fixture.ts";

const estimate = (values: readonly number[]): Estimate => estimateMean(values, magnitudeOf(values));

/** Student, "The probable error of a mean" (1908): hours of sleep gained with one drug more than with another. R prints the t test below. */
const SLEEP = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4];

describe("the estimate of a mean", () => {
  test("is that of the t test for values without skew", () => {
    // scipy.stats.ttest_1samp of the same values.
    const found = estimate([-0.9, -0.3, -1.2, -0.5, -0.1, -1.2, -0.8, -0.3]);
    expect(found).toMatchObject({ method: "t", mean: expect.closeTo(-0.6625, 10), deviation: expect.closeTo(0.424054, 6) });
    expect(found.low).toBeCloseTo(-1.017018, 6);
    expect(found.high).toBeCloseTo(-0.307982, 6);
    expect(found.p).toBeCloseTo(0.00308554, 8);
  });

  test("is never surer than the t test for values with skew, and finds in Student's own what he found", () => {
    const found = estimate(SLEEP);
    expect(found).toMatchObject({ method: "bootstrap", mean: expect.closeTo(1.58, 10) });
    expect(found.low).toBeLessThanOrEqual(0.7001142);
    expect(found.low).toBeGreaterThan(0);
    expect(found.p).toBeGreaterThanOrEqual(0.00283289);
    expect(found.p).toBeLessThan(0.05);
  });

  test("of a single value has no interval; of equal values it is exact, also where rounding keeps them apart", () => {
    expect(estimate([7])).toEqual({ mean: 7, deviation: null, low: null, high: null, p: null, method: null });
    expect(estimate([0, 0, 0])).toMatchObject({ mean: 0, low: 0, high: 0, p: 1, method: "exact" });
    expect(estimateMean([0.3 - 0.1, 1.2 - 1], 1.2)).toMatchObject({ method: "exact", p: 0 });
  });

  test("is no bootstrap where most resamples would be one value repeated, and is bounded where one value lies far out", () => {
    expect(estimate([0, 0, 0, 0, 5]).method).toBe("t");
    const { low, high } = estimate([1, 1.01, 0.99, 1.02, 0.98, 1.01, 0.99, 1, 1.005, 9]);
    // Three times the t interval: 3 x 2.262 standard errors of 0.8 either side.
    expect((high ?? 0) - (low ?? 0)).toBeCloseTo(2 * 3 * 2.2622 * 0.80027, 2);
  });
});

const numbers = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 12 });

describe("for any values the estimate", () => {
  test("is mirrored by a change of sign, to the bit", () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const there = estimate(values);
        const back = estimate(values.map((value) => -value));
        expect([back.mean + 0, back.low, back.high, back.p]).toEqual([0 - there.mean, 0 - there.high!, 0 - there.low!, there.p]);
      }),
      { numRuns: caseCount(100, 1000) },
    );
  });

  test("is the same in any order of the values, and grows with their unit", () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: -8, max: 8 }), (values, power) => {
        const there = estimate(values);
        expect(estimate(values.toReversed())).toEqual(there);
        const unit = 2 ** power;
        const scaled = estimate(values.map((value) => value * unit));
        expect([scaled.mean, scaled.low, scaled.high, scaled.p]).toEqual([
          there.mean * unit,
          there.low! * unit,
          there.high! * unit,
          there.p,
        ]);
      }),
      { numRuns: caseCount(100, 1000) },
    );
  });
});

type Population = { readonly draw: (n: number) => number[]; readonly mean: number };

/** The share of intervals that contain the mean of the population. */
function coverage({ draw, mean }: Population, n: number): number {
  const samples = isLongRun ? 5000 : 300;
  let covered = 0;
  for (let sample = 0; sample < samples; sample++) {
    const { low, high } = estimate(draw(n));
    if ((low ?? 0) <= mean && mean <= (high ?? 0)) covered++;
  }
  return covered / samples;
}

/** The oracle is the mean of the population, which is known. Three standard errors of the simulation are allowed. */
describe("intervals contain the true mean at their nominal rate", () => {
  const allowed = isLongRun ? 0.01 : 0.04;
  const samples = new RandomSamples("coverage");

  test.each([2, 5, 10, 20])("of normal values, %i of them", (n) => {
    expect(coverage({ draw: (count) => samples.normal(count), mean: 0 }, n)).toBeGreaterThan(0.95 - allowed);
  });

  // What percentile-t reaches for these sizes; t alone reaches 0.91 for sigma 0.5, and 0.82, 0.84 and 0.87 for sigma 1.
  const skewed = [
    [5, 1, 0.88],
    [10, 1, 0.87],
    [20, 1, 0.89],
    [10, 0.5, 0.93],
  ] as const;
  test.each(skewed)("nearly, of %i lognormal values with sigma %f: at %f", (n, sigma, rate) => {
    const population = { draw: (count: number) => samples.lognormal(count, sigma), mean: Math.exp((sigma * sigma) / 2) };
    expect(coverage(population, n)).toBeGreaterThan(rate - allowed);
  });
});
