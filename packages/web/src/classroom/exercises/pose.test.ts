import { expect, test } from "vitest";
import { poseCount, poseTranslation, poseVictim } from "./pose.ts";

const SEEDS = Array.from({ length: 100 }, (_, seed) => seed);

test("a seed poses the same exercises again, and seeds differ", () => {
  for (const pose of [poseCount, poseVictim, poseTranslation]) {
    expect(pose(7)).toEqual(pose(7));
    expect(new Set(SEEDS.map((seed) => JSON.stringify(pose(seed)))).size).toBe(SEEDS.length);
  }
});

test("reference strings fit on a line, and have more pages than frames, none twice in a row", () => {
  for (const seed of SEEDS) {
    const { references, frames } = poseCount(seed);
    expect(references.length).toBeLessThanOrEqual(14);
    expect(new Set(references).size).toBeGreaterThan(frames);
    expect(references.some((page, index) => page === references[index - 1])).toBe(false);
  }
});

test("every algorithm is asked about", () => {
  expect([...new Set(SEEDS.map((seed) => poseCount(seed).algorithm))].sort()).toEqual(["fifo", "lru", "opt"]);
});
