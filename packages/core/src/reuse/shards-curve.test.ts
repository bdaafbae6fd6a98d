import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Prng } from "../prng/index.ts";
import { caseCount } from "../testing/case-count.ts";
import { createAccessBuffer, createStream, type Workload } from "../workload/index.ts";
import { exactMissRatioCurve, type MissRatioCurve, ShardsCurve, type ShardsOptions } from "./index.ts";

const STEPS = 128;
const SALTS = Array.from({ length: caseCount(4, 10) }, (_, index) => 1_000_003 * (index + 1));

function pagesOf(workload: Workload & { readonly accesses: number }): Int32Array {
  const rng = Prng.named(1, "shards");
  const stream = createStream(workload, { accesses: rng, starts: rng }, { traces: new Map(), files: [] });
  const buffer = createAccessBuffer();
  const all = new Int32Array(workload.accesses);
  let at = 0;
  for (let count = stream.fill(buffer); count > 0; count = stream.fill(buffer)) {
    all.set(buffer.pages.subarray(0, count), at);
    at += count;
  }
  return all;
}

function sample(pages: Int32Array, options: Omit<ShardsOptions, "steps">): ShardsCurve {
  const shards = new ShardsCurve({ ...options, steps: STEPS });
  for (const page of pages) shards.touch(page);
  return shards;
}

/** The paper's measure: the mean over all sizes of the absolute difference between two curves. */
function meanError(left: MissRatioCurve, right: MissRatioCurve): number {
  const differences = left.missRatios.map((ratio, step) => Math.abs(ratio - right.missRatios[step]));
  return mean(differences);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

const zipf = { kind: "zipf", firstPage: 0, pages: 200_000, accesses: 1_000_000, exponent: 1, writeRatio: 0 } as const;

describe("a sampled miss ratio curve", () => {
  test("of all pages is the exact one", () => {
    const pages = fc.array(fc.nat(40), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(pages, fc.integer({ min: 1, max: 5 }), fc.integer(), (list, stepPages, salt) => {
        const all = Int32Array.from(list);
        const shards = sample(all, { rate: 1, stepPages, salt });
        expect(shards.curve()).toEqual(exactMissRatioCurve(all, stepPages, STEPS));
      }),
    );
  });

  // Oracle: SHARDS, FAST 2015: with the adjustment, a mean absolute error below .01 at 1 % on large traces.
  test("of 1 % of the pages of a large Zipf workload errs by less than .01 in the mean, at a fixed rate or a fixed size", () => {
    const pages = pagesOf(zipf);
    const stepPages = Math.ceil(zipf.pages / STEPS);
    const exact = exactMissRatioCurve(pages, stepPages, STEPS);
    const touchedPages = new Set(pages).size;
    const fixedRate = SALTS.map((salt) => sample(pages, { rate: 0.01, stepPages, salt }));
    const fixedSize = SALTS.map((salt) => sample(pages, { rate: 0.1, maxPages: 2000, stepPages, salt }));
    for (const curves of [fixedRate, fixedSize]) {
      const errors = curves.map((shards) => meanError(shards.curve(pages.length), exact));
      expect(mean(errors)).toBeLessThan(0.01);
    }
    for (const shards of fixedSize) {
      expect(shards.sampledPages).toBeLessThanOrEqual(2000);
      // Hashes are spread evenly: the threshold with 2,000 touched pages below it is near 2000 / touchedPages.
      expect(shards.rate / (2000 / touchedPages)).toBeGreaterThan(0.85);
      expect(shards.rate / (2000 / touchedPages)).toBeLessThan(1.15);
    }
  });

  // Oracle: each page is sampled with the chance `rate`, so that accesses divided by it have the true number as mean.
  test.each([
    ["a fixed rate", { rate: 0.05 }],
    ["a fixed size", { rate: 1, maxPages: 1000 }],
  ])("stands in the mean, within 3 standard errors, for as many accesses as there were: %s", (_, options) => {
    const pages = pagesOf({ kind: "uniform", firstPage: 0, pages: 20_000, accesses: 100_000, writeRatio: 0 });
    const found = SALTS.map((salt) => sample(pages, { ...options, stepPages: 200, salt }).curve().accesses);
    const spread = Math.sqrt(mean(found.map((count) => (count - mean(found)) ** 2)));
    const standardError = spread / Math.sqrt(found.length - 1);
    expect(Math.abs(mean(found) - pages.length)).toBeLessThan(3 * standardError);
    expect(spread).toBeGreaterThan(0);
  });

  test("continues from what it saved, at any point, as if uninterrupted", () => {
    const pages = fc.array(fc.nat(60), { maxLength: 200 });
    const maxPages = fc.option(fc.integer({ min: 1, max: 10 }), { nil: undefined });
    fc.assert(
      fc.property(pages, pages, maxPages, fc.integer(), (before, after, max, salt) => {
        const limit = max === undefined ? {} : { maxPages: max };
        const options = { rate: 0.5, stepPages: 2, steps: 8, salt, ...limit };
        const shards = new ShardsCurve(options);
        for (const page of before) shards.touch(page);
        const restored = new ShardsCurve(options);
        restored.load(shards.save());
        for (const page of after) for (const curve of [shards, restored]) curve.touch(page);
        expect(restored.save()).toEqual(shards.save());
        expect(restored.curve()).toEqual(shards.curve());
        if (max !== undefined) expect(shards.sampledPages).toBeLessThanOrEqual(max);
      }),
    );
  });

  test("never falls below zero nor rises, and stays within 0 to 1 whatever number of accesses it is told", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 200 }), fc.nat(400), (list, accesses) => {
        const { missRatios } = sample(Int32Array.from(list), { rate: 0.3, stepPages: 3, salt: 5 }).curve(accesses);
        missRatios.forEach((ratio, step) => {
          expect(ratio).toBeGreaterThanOrEqual(0);
          expect(ratio).toBeLessThanOrEqual(missRatios[step - 1] ?? 1);
        });
      }),
    );
  });
});
