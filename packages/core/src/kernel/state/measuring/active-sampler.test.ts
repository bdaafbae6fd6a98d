import { describe, expect, test } from "vitest";
import { Prng } from "../../../prng/index.ts";
import { ActiveSampler } from "./active-sampler.ts";

const SPEC = { periodNs: 100, pages: 4, slowGain: 0.1, fastGain: 0.5 };

function samplerOf(configuredPages: number, changes: Partial<typeof SPEC> = {}): ActiveSampler {
  return new ActiveSampler({ ...SPEC, ...changes }, configuredPages, Prng.named(1, "active"), 0);
}

/** The pages of a new period. */
function choose(sampler: ActiveSampler): number[] {
  const pages: number[] = [];
  sampler.beginPeriod((page) => pages.push(page));
  return pages;
}

/** A period in which `touched` of the chosen pages are touched. */
function spend(sampler: ActiveSampler, touched: number): void {
  const pages = choose(sampler);
  for (const page of pages.slice(0, touched)) sampler.touch(page);
  sampler.endPeriod(0);
}

describe("the pages of a sampling period", () => {
  test("are as many different ones as asked for, or all there are", () => {
    expect(new Set(choose(samplerOf(5))).size).toBe(4);
    expect(new Set(choose(samplerOf(3))).size).toBe(3);
    expect(new Set(choose(samplerOf(1))).size).toBe(1);
  });

  // Oracle: each of the 10 pairs of 5 pages has a chance of 1/10; standard error of a count sqrt(M p (1 - p)).
  test("are each set of this size with the same probability", () => {
    const sampler = samplerOf(5, { pages: 2 });
    const counts = new Map<string, number>();
    const periods = 20_000;
    for (let period = 0; period < periods; period++) {
      const pair = String(choose(sampler).sort((x, y) => x - y));
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
    expect(counts.size).toBe(10);
    const standardError = Math.sqrt(periods * 0.1 * 0.9);
    // The largest of ten deviations may well be above 3 standard errors of one: 4 have a chance of 1 in 1,600.
    for (const count of counts.values()) expect(Math.abs(count - periods / 10)).toBeLessThan(4 * standardError);
  });

  test("count once each, however often they are touched", () => {
    const sampler = samplerOf(8);
    const [page] = choose(sampler);
    for (let touch = 0; touch < 3; touch++) sampler.touch(page);
    expect(sampler.touched).toBe(1);
    const other = Array.from({ length: 8 }, (_, number) => number).find((number) => !choose(samplerOf(8)).includes(number));
    sampler.touch(other ?? -1);
    expect(sampler.touched).toBe(1);
  });
});

// By hand: with gains .1 and .5 the averages after fractions 1, 0, 0, 1 are 1, .9, .81, .829 and 1, .5, .25, .625.
describe("the estimate of the active fraction", () => {
  test("is what was found so far before the first period ends", () => {
    const sampler = samplerOf(8);
    const pages = choose(sampler);
    expect(sampler.estimate).toBe(0);
    sampler.touch(pages[0]);
    expect(sampler.estimate).toBe(0.25);
  });

  test("falls slowly when a VM becomes idle, by the slow average", () => {
    const sampler = samplerOf(8);
    const estimates = [4, 0, 0].map((touched) => {
      spend(sampler, touched);
      return sampler.estimate;
    });
    expect(estimates.map((estimate) => estimate.toFixed(6))).toEqual(["1.000000", "0.900000", "0.810000"]);
  });

  test("within a period takes the period into the fast average, not into the slow one", () => {
    const sampler = samplerOf(8);
    for (const touched of [4, 0, 0]) spend(sampler, touched);
    for (const page of choose(sampler)) sampler.touch(page);
    // By hand: the averages are .81 and .25; .25 + .5 (1 - .25) is .625. The slow one taken in its place would give .905.
    expect(sampler.estimate).toBeCloseTo(0.81, 12);
  });

  test("rises within the period when an idle VM becomes active, by the fast average with the period so far", () => {
    const sampler = samplerOf(8);
    for (let period = 0; period < 3; period++) spend(sampler, 0);
    const pages = choose(sampler);
    const estimates = pages.map((page) => {
      sampler.touch(page);
      return sampler.estimate;
    });
    expect(estimates).toEqual([0.125, 0.25, 0.375, 0.5]);
    sampler.endPeriod(0);
    expect(sampler.estimate).toBe(0.5);
  });

  test("ends a period that a wait overran with the wait", () => {
    const sampler = samplerOf(8);
    expect(sampler.nextNs).toBe(100);
    sampler.endPeriod(777);
    expect(sampler.nextNs).toBe(877);
  });
});
