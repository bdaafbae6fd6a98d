import { describe, expect, test } from "vitest";
import type { Sample } from "./sample.ts";
import { sentenceOf } from "./sentence.ts";
import { judge, type Test } from "./verdict.ts";

const BASELINE = [10, 11, 12, 9, 10.5, 11.2, 9.9, 10.1, 12.3, 10.7];

function sentence(variant: Sample, options: Partial<Test> = {}): string {
  const [judgement] = judge([{ where: "work time", baseline: BASELINE, variant, better: "lower", scale: "ratio", floor: 0, ...options }]);
  return sentenceOf(judgement!, {
    metric: "work time",
    variant: "esx",
    baseline: "host-swap",
    show: (amount) => `${amount.toFixed(1)} s`,
    whereLeftOut: "where a run failed",
  });
}

const times = (factor: number, noise = 0): number[] => BASELINE.map((value, seed) => value * factor * (1 + noise * ((seed % 4) - 1.5)));

/** Written down by hand for each verdict; the intervals are those of scipy.stats.ttest_1samp of the logarithms. */
describe("a judgement in words", () => {
  test.each([
    [times(0.88, 0.001), {}, "better, 12 % lower (95 %: 11.9 to 12.1 % lower; 10 seeds)"],
    [times(3, 0.001), {}, "worse, 3 times as high (95 %: 3 times as high; 10 seeds)"],
    [times(1.5), {}, "worse, 50 % higher under each of 10 seeds"],
    [times(1), {}, "equal under each of 10 seeds"],
    [times(1.002, 0.001), {}, "no difference that matters, 0.18 % higher (95 %: 0.0968 to 0.263 % higher; 10 seeds)"],
    [BASELINE.map((value) => value + 2), { scale: "difference", better: null }, "2.0 s higher under each of 10 seeds"],
    [BASELINE.map(() => null), {}, "cannot be compared: no seed has a value of both"],
    [
      BASELINE.map((value, seed) => (seed === 0 ? value * 2 : null)),
      {},
      "one seed, no verdict: 2 times as high; 9 of 10 seeds left out, where a run failed",
    ],
  ] as const)("%j with %j: %s", (variant, options, words) => {
    expect(sentence(variant, options)).toBe(`work time, esx against host-swap: ${words}`);
  });

  test("says how many seeds would tell what so few do not, up to 1,000", () => {
    expect(sentence(times(0.99, 0.05))).toMatch(
      /: not told apart, 2\.14 % lower \(95 %: \S+ % lower to \S+ % higher; 10 seeds\); about \d+ seeds would tell$/,
    );
    expect(sentence(times(1.02, 0.05))).toMatch(/; more than 1000 seeds would be needed$/);
  });
});
