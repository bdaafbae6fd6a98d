import { describe, expect, test } from "vitest";
import { AccessKind } from "../events/index.ts";
import { Prng } from "../prng/index.ts";
import { createAccessBuffer } from "./access-stream.ts";
import { createStream } from "./create-stream.ts";
import { rampPages } from "./kinds/ramp.ts";
import type { Workload, WorkloadOf } from "./workload-kinds.ts";

const NO_TRACES = new Map();
const ACCESSES = 400_000;

function countAccesses(workload: Workload, pages: number): { perPage: number[]; stores: number } {
  const rng = Prng.named(7, "distributions");
  const stream = createStream(workload, { accesses: rng, starts: rng }, { traces: NO_TRACES, files: [] });
  const buffer = createAccessBuffer();
  const perPage = new Array<number>(pages).fill(0);
  let stores = 0;
  for (let count = stream.fill(buffer); count > 0; count = stream.fill(buffer)) {
    for (let i = 0; i < count; i++) {
      perPage[buffer.pages[i]] += 1;
      if (buffer.kinds[i] === AccessKind.Store) stores += 1;
    }
  }
  return { perPage, stores };
}

/**
 * Pearson's statistic, made standard normal by Wilson and Hilferty's cube root (1931). The seed is fixed, so the bound
 * of 4 standard deviations (a chance of 1 in 16,000 for a right law) is met always or never.
 */
function chiSquareDeviations(found: readonly number[], expected: readonly number[]): number {
  const statistic = found.reduce((sum, count, i) => sum + (count - expected[i]) ** 2 / expected[i], 0);
  const freedom = found.length - 1;
  return ((statistic / freedom) ** (1 / 3) - (1 - 2 / (9 * freedom))) / Math.sqrt(2 / (9 * freedom));
}

describe("drawn pages follow their law (oracle: Pearson's chi-square)", () => {
  test("uniform: every page equally likely", () => {
    const { perPage } = countAccesses({ kind: "uniform", firstPage: 3, pages: 997, accesses: ACCESSES, writeRatio: 0 }, 1000);
    expect(perPage.slice(0, 3)).toEqual([0, 0, 0]);
    expect(chiSquareDeviations(perPage.slice(3), new Array(997).fill(ACCESSES / 997))).toBeLessThan(4);
  });

  test.each([0, 0.5, 0.99, 1.2])("zipf with exponent %d: rank r with probability proportional to r^-exponent", (exponent) => {
    const pages = 500;
    const { perPage } = countAccesses({ kind: "zipf", firstPage: 0, pages, accesses: ACCESSES, exponent, writeRatio: 0.5 }, pages);
    const weights = perPage.map((_, index) => Math.pow(index + 1, -exponent));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    expect(
      chiSquareDeviations(
        perPage,
        weights.map((weight) => (weight * ACCESSES) / total),
      ),
    ).toBeLessThan(4);
  });

  test("ramp: uniform over the pages in use at each access", () => {
    const workload: WorkloadOf<"ramp"> = {
      kind: "ramp",
      firstPage: 0,
      fromPages: 10,
      toPages: 200,
      accesses: ACCESSES,
      writeRatio: 0,
    };
    const expected = new Array<number>(200).fill(0);
    for (let i = 0; i < ACCESSES; i++) expected[rampPages(workload, i) - 1] += 1 / rampPages(workload, i);
    for (let page = 198; page >= 0; page--) expected[page] += expected[page + 1];
    expect(chiSquareDeviations(countAccesses(workload, 200).perPage.slice(0, 195), expected.slice(0, 195))).toBeLessThan(4);
  });

  test.each([0.1, 0.5, 0.93])("a writeRatio of %d makes that fraction of the accesses stores", (writeRatio) => {
    const deviation = Math.sqrt(ACCESSES * writeRatio * (1 - writeRatio));
    for (const kind of ["uniform", "cyclic"] as const) {
      const { stores } = countAccesses({ kind, firstPage: 0, pages: 50, accesses: ACCESSES, writeRatio }, 50);
      expect(Math.abs(stores - ACCESSES * writeRatio) / deviation).toBeLessThan(4);
    }
  });
});

describe("a ramp's pages in use", () => {
  const ramp = (fromPages: number, toPages: number, accesses: number): WorkloadOf<"ramp"> => ({
    kind: "ramp",
    firstPage: 0,
    fromPages,
    toPages,
    accesses,
    writeRatio: 0,
  });

  test("go in equal steps from the first number to the last (oracle: arithmetic)", () => {
    expect([0, 1, 2, 3, 4].map((i) => rampPages(ramp(10, 50, 5), i))).toEqual([10, 20, 30, 40, 50]);
    expect([0, 1, 2].map((i) => rampPages(ramp(9, 1, 3), i))).toEqual([9, 5, 1]);
    expect(rampPages(ramp(4, 8, 1), 0)).toBe(4);
  });
});
