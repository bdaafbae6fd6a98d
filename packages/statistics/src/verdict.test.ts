import { describe, expect, test } from "vitest";
import { isLongRun } from "@ballast/core/testing/case-count";
import { RandomSamples } from "./random-samples.fixture.ts";
import { type Direction, judge, type Judgement, type Test } from "./verdict.ts";
import type { Sample } from "./sample.ts";

function testOf(baseline: Sample, variant: Sample, options: Partial<Test> = {}): Test {
  return { where: "a metric", baseline, variant, better: "lower", scale: "difference", floor: 1, ...options };
}

const one = (baseline: Sample, variant: Sample, options: Partial<Test> = {}): Judgement => judge([testOf(baseline, variant, options)])[0]!;

const TEN = [100, 104, 98, 110, 95, 101, 99, 107, 103, 97];

/** The verdicts were set by hand: the differences are so large, or so small, beside their deviation that no calculation is needed. */
describe("the verdict", () => {
  const lower = TEN.map((value, seed) => value - 20 - (seed % 3));
  test.each<[Direction, string, string]>([
    ["lower", "better", "worse"],
    ["higher", "worse", "better"],
    [null, "lower", "higher"],
  ])("where %s is better calls less %s, and more %s", (better, less, more) => {
    expect(one(TEN, lower, { better }).verdict).toBe(less);
    expect(one(lower, TEN, { better }).verdict).toBe(more);
  });

  test("is equal where no seed shows a difference", () => {
    expect(one(TEN, TEN)).toMatchObject({ verdict: "equal", adjustedP: null, seedsNeeded: null });
  });

  test("stands without a test where all seeds show the same difference", () => {
    expect(
      one(
        TEN,
        TEN.map((value) => value + 7),
      ),
    ).toMatchObject({ verdict: "worse", adjustedP: null, difference: { mean: 7, low: 7, high: 7 } });
  });

  test("claims no difference below the noise floor, however sure it is", () => {
    const [half, twice] = [0.5, 2].map((off) =>
      one(
        TEN,
        TEN.map((value, seed) => value + off + (seed % 2) * 0.01),
      ),
    );
    expect(half).toMatchObject({ verdict: "equivalent" });
    expect(half?.adjustedP).toBeLessThan(1e-6);
    expect(twice).toMatchObject({ verdict: "worse" });
    // 1 % of 1,000 is 10, of which the interval 2 -/+ 0.004 falls short.
    const large = TEN.map((value) => value + 900);
    expect(
      one(
        large,
        large.map((value, seed) => value + 2 + (seed % 2) * 0.01),
      ).verdict,
    ).toBe("equivalent");
    expect(
      one(
        TEN,
        TEN.map((value, seed) => value * (1.005 + (seed % 2) * 0.0001)),
        { scale: "ratio" },
      ).verdict,
    ).toBe("equivalent");
  });

  test("says that one seed is no verdict, and no common seed no comparison", () => {
    expect(one([1], [9])).toMatchObject({ verdict: "single", difference: { mean: 8 } });
    expect(one([1, null], [9, 2])).toMatchObject({ verdict: "single", missing: 1 });
    expect(one([1, null], [null, 2])).toMatchObject({ verdict: "incomparable", missing: 2 });
  });

  test("is decided with the rest of its family: what one test tells apart, one of twenty may not", () => {
    const noisy = TEN.map((value, seed) => value - 6 - [9, -7, 8, -9, 7, -8, 9, -6, 2, 1][seed]!);
    const alone = judge([testOf(TEN, noisy)])[0]!;
    expect(alone).toMatchObject({ verdict: "better" });
    const shuffled = Array.from({ length: 19 }, (_, test_) =>
      testOf(
        TEN,
        TEN.map((value, seed) => value + (((seed * 7 + test_) % 5) - 2) * 3),
      ),
    );
    const inFamily = judge([testOf(TEN, noisy), ...shuffled])[0]!;
    expect(inFamily).toMatchObject({ verdict: "undecided", adjustedP: expect.closeTo(alone.adjustedP! * 20, 10) });
    expect(inFamily.seedsNeeded).toBeGreaterThan(10);
  });
});

/** Values that have the seed in common, and noise of their own: 5 % of the value. */
function experiment(random: RandomSamples, factor: number, n: number): { baseline: number[]; variant: number[] } {
  const seeds = random.lognormal(n, 0.5);
  const noisy = (mean: number): number[] => {
    const noise = random.lognormal(n, 0.05);
    return seeds.map((value, seed) => mean * value * noise[seed]!);
  };
  return { baseline: noisy(1), variant: noisy(factor) };
}

const REPETITIONS = isLongRun ? 1000 : 200;

/** How often any of these verdicts falls in an experiment with so many metrics. */
function rateOf(
  verdicts: readonly string[],
  { metrics, factor, n = 10, name }: { metrics: number; factor: number; n?: number; name: string },
): number {
  const random = new RandomSamples(name);
  let found = 0;
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    const tests = Array.from({ length: metrics }, () => {
      const { baseline, variant } = experiment(random, factor, n);
      return testOf(baseline, variant, { scale: "ratio", floor: 0 });
    });
    if (judge(tests).some(({ verdict }) => verdicts.includes(verdict))) found++;
  }
  return found / REPETITIONS;
}

/** The oracle is the factor that was put in: 1 is no difference. */
describe("over repetitions", () => {
  test("two copies of one policy under two names are not told apart in at least 94 of 100", () => {
    expect(rateOf(["better", "worse"], { metrics: 1, factor: 1, name: "copies" })).toBeLessThanOrEqual(0.06);
  });

  test("nor are they by any of six metrics", () => {
    expect(rateOf(["better", "worse"], { metrics: 6, factor: 1, name: "copies, many metrics" })).toBeLessThanOrEqual(0.06);
  });

  test("a difference of 6 % is found as often as the power of the test says, and never the wrong way round", () => {
    // ln(1.06) / (0.05 x sqrt(2)) = 0.824 standard deviations: 80 % power at 14 seeds, and with 14 seeds 79.6 % by scipy's noncentral t.
    const found = rateOf(["worse"], { metrics: 1, factor: 1.06, n: 14, name: "six percent" });
    expect(found).toBeGreaterThan(0.796 - (isLongRun ? 0.05 : 0.1));
    expect(found).toBeLessThan(0.796 + (isLongRun ? 0.05 : 0.1));
    expect(rateOf(["better"], { metrics: 1, factor: 1.06, n: 14, name: "six percent" })).toBe(0);
  });
});
