import { judge } from "@ballast/statistics";
import { describe, expect, test } from "vitest";
import type { RunMetrics, VmMetrics } from "../../runs/index.ts";
import { analyseExperiment } from "./analyse-experiment.ts";
import { experimentOf } from "./analyse-experiment.fixture.ts";
import type { VariantComparison } from "./analysis.ts";

const BASE = [10, 11, 12, 9, 10.5, 11.2, 9.9, 10.1, 12.3, 10.7];
const times = (factor: number, noise = 0.001): Partial<RunMetrics>[] =>
  BASE.map((seconds, seed) => ({ workNs: seconds * factor * (1 + noise * ((seed % 4) - 1.5)) * 1e9 }));
const KILLED: Partial<RunMetrics> = { workNs: 1e9, vmsKilled: 1, vmsCompleted: 0, vms: [{ vm: 1, workNs: null } as VmMetrics] };

function comparisonOf(name: string, variants: Parameters<typeof experimentOf>[0]): VariantComparison {
  const { metrics } = analyseExperiment(experimentOf(variants));
  return metrics.find((metric) => metric.name === name)!.comparisons[0]!;
}

const conclusionOf = (variants: Parameters<typeof experimentOf>[0]): string => analyseExperiment(experimentOf(variants)).conclusion;

/** The verdicts follow from the factors that the values were made with, by hand. */
describe("the analysis of an experiment", () => {
  test("has the values and the summary of each variant, and the verdict of each against the baseline", () => {
    const { baseline, metrics } = analyseExperiment(experimentOf({ swap: times(1, 0), esx: times(0.88) }));
    expect(baseline).toBe("swap");
    const work = metrics.find(({ name }) => name === "workNs")!;
    expect(work.variants.map(({ label, n }) => [label, n])).toEqual([
      ["swap", 10],
      ["esx", 10],
    ]);
    expect(work.variants[0]).toMatchObject({ mean: 10.67e9, values: BASE.map((seconds) => seconds * 1e9) });
    expect(work.comparisons).toMatchObject([
      { label: "esx", verdict: "better", scale: "ratio", short: "12 % lower", interval: "11.9 to 12.1 % lower" },
    ]);
    expect(work.comparisons[0]?.sentence).toBe("work time, esx against swap: better, 12 % lower (95 %: 11.9 to 12.1 % lower; 10 seeds)");
  });

  test("leaves seeds out under which a run failed, or killed a VM that the other kept, and says so", () => {
    const esx = [KILLED, null, ...times(0.88).slice(2)];
    const found = comparisonOf("workNs", { swap: times(1, 0), esx });
    expect(found).toMatchObject({ verdict: "better", pairs: 8, missing: 2 });
    expect(found.sentence).toMatch(/8 seeds\); 2 of 10 seeds left out, where a run has no value, or killed VMs that the other kept$/);
    expect(comparisonOf("vmsKilled", { swap: times(1, 0), esx })).toMatchObject({ pairs: 9, missing: 1 });
  });

  test("compares counts of equal work only where the accesses are as many", () => {
    const counts = (faults: number, accesses: number): Partial<RunMetrics>[] =>
      BASE.map((_s, seed) => ({ guestMajorFaults: faults + seed, accesses }));
    expect(comparisonOf("guestMajorFaults", { swap: counts(90, 500), esx: counts(40, 500) })).toMatchObject({
      verdict: "better",
      pairs: 10,
    });
    expect(comparisonOf("guestMajorFaults", { swap: counts(90, 500), esx: counts(40, 400) })).toMatchObject({ verdict: "incomparable" });
  });
});

/** The oracle is the p value of each test alone, which Holm's method leaves as it is where a family has no other. */
describe("the two families of tests", () => {
  const withStolen = (runs: readonly Partial<RunMetrics>[], step: number): Partial<RunMetrics>[] =>
    runs.map((run, seed) => ({ ...run, pagesStolen: 50 + ((seed * step) % 10) }));
  const workAlone = (factor: number): number => {
    const values = (runs: readonly Partial<RunMetrics>[]): number[] => runs.map(({ workNs }) => workNs!);
    const [swap, esx] = [values(times(1, 0)), values(times(factor, 0.02))];
    return judge([{ where: "work time", baseline: swap, variant: esx, better: "lower", scale: "ratio", floor: 0 }])[0]!.adjustedP!;
  };

  test("share the error rate: the primary metric has half of it, however many metrics stand beside it", () => {
    const variants = { swap: times(1, 0), esx: times(0.99, 0.02) };
    const beside = { swap: withStolen(variants.swap, 3), esx: withStolen(variants.esx, 7) };
    expect(comparisonOf("pagesStolen", beside).adjustedP).not.toBeNull();
    for (const given of [variants, beside]) expect(comparisonOf("workNs", given).adjustedP).toBeCloseTo(2 * workAlone(0.99), 12);
  });

  test("never call a variant best in the first sentence that the table does not tell apart", () => {
    const found = new Set<string>();
    for (let percent = 95; percent <= 100; percent += 0.25) {
      const variants = { swap: times(1, 0), esx: times(percent / 100, 0.02) };
      const isBest = conclusionOf(variants).startsWith("esx has the lowest work time");
      const isBetter = comparisonOf("workNs", variants).verdict === "better";
      expect(isBest, `${percent} %`).toBe(isBetter);
      found.add(String(isBest));
    }
    expect(found.size).toBe(2);
  });
});

/** Written down by hand. */
describe("the conclusion", () => {
  test("names the best variant, by how much and how surely", () => {
    expect(conclusionOf({ swap: times(1, 0), esx: times(0.88), random: times(1.2) })).toBe(
      "esx has the lowest work time, 12 % lower (95 %: 11.9 to 12.1 % lower; 10 seeds) against swap, the next.",
    );
  });

  test("says which are not told apart, and how many seeds would tell", () => {
    expect(conclusionOf({ swap: times(1, 0), esx: times(0.99, 0.05), random: times(1.5) })).toMatch(
      /^esx and swap are not told apart in work time: esx is 2\.14 % lower \(95 %: \S+ % lower to \S+ % higher; 10 seeds\) against swap; about \d+ seeds would tell; esx is better than random \(34\.7 % lower\)\.$/,
    );
  });

  test("names those that are equal, or too near to matter", () => {
    expect(conclusionOf({ a: times(1), b: times(1), c: times(2) })).toBe(
      "a and b have the lowest work time: the same under each of 10 seeds; a is better than c (50 % lower).",
    );
    expect(conclusionOf({ a: times(1), b: times(1.002) })).toMatch(
      /^a and b have the lowest work time: the difference from b is too small to matter, 0\.2 % lower under each of 10 seeds\.$/,
    );
  });

  test("gives no verdict after one seed", () => {
    expect(conclusionOf({ a: [{ workNs: 2e9 }], b: [{ workNs: 1e9 }] })).toBe(
      "Under the one seed b has the lowest work time, 50 % lower against a, the next; that is no verdict.",
    );
  });

  test("never calls a variant best that killed VMs which others kept, and names it", () => {
    expect(conclusionOf({ none: BASE.map(() => KILLED), a: times(1), b: times(2) })).toBe(
      "a has the lowest work time, 50 % lower under each of 10 seeds against b, the next; none killed VMs under each of 10 seeds and is not compared.",
    );
    expect(conclusionOf({ none: [KILLED, ...times(0.5).slice(1)], a: times(1) })).toBe(
      "a alone did all the work; none killed VMs under 1 of 10 seeds and is not compared.",
    );
  });

  test("names variants whose run failed under a seed", () => {
    expect(conclusionOf({ a: [null, ...times(1).slice(1)], b: [KILLED, ...times(2).slice(1)] })).toMatch(
      /against b, the next; a has no result under 1 of 10 seeds\.$/,
    );
    expect(conclusionOf({ a: times(1), b: [null, ...times(2).slice(1)] })).toMatch(
      /9 seeds against b, the next; b has no result under 1 of 10 seeds\.$/,
    );
  });

  test("goes by accesses per second where no work ends, of which more is better", () => {
    const rates = (rate: number): Partial<RunMetrics>[] =>
      BASE.map((_s, seed) => ({ workNs: null, accessesPerSecond: rate * (100 + seed + (rate % 3)) }));
    expect(conclusionOf({ a: rates(100), b: rates(200) })).toMatch(
      /^b has the highest accesses\/s, \S+ times as high .* against a, the next\.$/,
    );
  });
});
