import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { caseCount, isLongRun } from "@ballast/core/testing/case-count";
import { comparePaired, type PairedComparison, type Scale } from "./paired-comparison.ts";
import { summarize, type Sample } from "./sample.ts";
import { RandomSamples } from "./random-samples.fixture.ts";

const BASELINE = [12.1, 10.4, 11.8, 13.0, 9.7, 12.6, 11.1, 10.9];
const VARIANT = [11.2, 10.1, 10.6, 12.5, 9.6, 11.4, 10.3, 10.6];

const compare = (baseline: Sample, variant: Sample, scale: Scale = "ratio"): PairedComparison =>
  comparePaired({ baseline, variant }, scale, "work time of esx");

/** The oracle is scipy.stats.ttest_rel of the values, and ttest_1samp of the logarithms of their ratios. */
describe("a paired comparison", () => {
  test("has the difference of the means and its interval by the paired t test", () => {
    const { pairs, missing, difference } = compare(BASELINE, VARIANT, "difference");
    expect([pairs, missing]).toEqual([8, 0]);
    expect(difference?.mean).toBeCloseTo(-0.6625, 10);
    expect(difference?.low).toBeCloseTo(-1.017018, 6);
    expect(difference?.high).toBeCloseTo(-0.307982, 6);
  });

  test("has the relative difference by the geometric mean of the ratios", () => {
    const { relative, effect } = compare(BASELINE, VARIANT);
    expect(relative?.value).toBeCloseTo(-0.056607698, 8);
    expect(relative?.low).toBeCloseTo(-0.084775659, 8);
    expect(relative?.high).toBeCloseTo(-0.027572809, 8);
    expect(effect?.p).toBeCloseTo(0.00264962, 8);
  });

  test("decides by the difference where a value has no logarithm", () => {
    expect(compare([0, 1, 2], [3, 4, 7])).toMatchObject({
      scale: "difference",
      relative: null,
      effect: { mean: expect.closeTo(11 / 3, 12) },
    });
  });

  test("leaves out pairs without a value of both, and counts them", () => {
    const found = compare([null, 2, 3, null, 5], [1, null, 6, null, 10]);
    expect(found).toMatchObject({ pairs: 2, missing: 3, baselineMean: 4, mean: 8, relative: { value: expect.closeTo(1, 12) } });
    expect(compare([null, 1], [1, null])).toMatchObject({ pairs: 0, missing: 2, effect: null });
  });

  test.each([
    [[1, 2], [1, Number.NaN], "work time of esx: the value of seed 2 of 2 is NaN"],
    [[Infinity, 2], [1, 2], "work time of esx, baseline: the value of seed 1 of 2 is Infinity"],
    [[1, 2], [1], "work time of esx: 1 values are to be paired with 2 of the baseline"],
  ])("refuses %j beside %j, and says where", (baseline, variant, message) => {
    expect(() => compare(baseline, variant)).toThrow(message);
  });
});

test("the summary of a sample leaves out what is missing, and has no interval of one value", () => {
  // R: t.test(c(2, 4, 6))$conf.int is 4 -/+ 4.303 x 2 / sqrt(3).
  expect(summarize([2, null, 4, 6], "faults")).toMatchObject({ n: 3, missing: 1, mean: 4, deviation: 2, low: expect.closeTo(-0.968, 3) });
  expect(summarize([3], "faults")).toMatchObject({ n: 1, mean: 3, deviation: null, low: null });
  expect(summarize([null], "faults")).toMatchObject({ n: 0, missing: 1, mean: null });
  expect(() => summarize([1, Number.NaN], "faults")).toThrow("faults: the value of seed 2 of 2 is NaN");
});

const samples = fc.integer({ min: 1, max: 8 }).chain((n) => {
  const one = fc.array(fc.option(fc.integer({ min: 1, max: 1000 })), { minLength: n, maxLength: n });
  return fc.tuple(one, one);
});

describe("for any samples", () => {
  test("exchanging variant and baseline changes the sign of the difference, and inverts the ratio", () => {
    fc.assert(
      fc.property(samples, ([baseline, variant]) => {
        const there = compare(baseline, variant);
        const back = compare(variant, baseline);
        expect(back.difference === null).toBe(there.difference === null);
        if (there.difference === null || there.relative === null) return;
        expect(back.difference!.mean + 0).toBe(0 - there.difference.mean);
        expect(back.difference!.p).toBe(there.difference.p);
        expect((1 + back.relative!.value) * (1 + there.relative.value)).toBeCloseTo(1, 12);
      }),
      { numRuns: caseCount(100, 1000) },
    );
  });

  test("the order of the seeds does not matter", () => {
    fc.assert(
      fc.property(samples, ([baseline, variant]) => {
        expect(compare(baseline.toReversed(), variant.toReversed())).toEqual(compare(baseline, variant));
      }),
      { numRuns: caseCount(100, 1000) },
    );
  });

  test("another unit changes no ratio", () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 8 }), ([baseline, variant], power) => {
        const scaled = (sample: Sample): Sample => sample.map((value) => (value === null ? null : value * 2 ** power));
        const there = compare(baseline, variant).relative;
        const other = compare(scaled(baseline), scaled(variant)).relative;
        expect(other === null).toBe(there === null);
        if (there !== null) expect(other!.value).toBeCloseTo(there.value, 9);
      }),
      { numRuns: caseCount(100, 1000) },
    );
  });
});

/** Work times as seeds make them: the seed multiplies both, the policy multiplies one. The oracle is the factor put in. */
test.each([5, 10, 20])("the interval of a ratio of skewed values contains the factor at the nominal rate, with %i seeds", (n) => {
  const random = new RandomSamples("ratios");
  const repetitions = isLongRun ? 5000 : 300;
  let covered = 0;
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const seeds = random.lognormal(n, 1);
    const noise = random.lognormal(n, 0.1);
    const { relative } = compare(
      seeds,
      seeds.map((value, seed) => value * 0.9 * (noise[seed] ?? 1)),
    );
    if (relative!.low! <= -0.1 && -0.1 <= relative!.high!) covered++;
  }
  expect(covered / repetitions).toBeGreaterThan(isLongRun ? 0.94 : 0.91);
});
