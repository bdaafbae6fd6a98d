import { expect, test } from "vitest";
import { exactMissRatioCurve, ShardsCurve } from "../packages/core/src/reuse/index.ts";
import { listReferences } from "../packages/core/src/testing/record-trace.ts";
import { readTrace } from "./scenario-outcomes.ts";

const STEPS = 128;
const STEP_PAGES = 4;
const RATE = 0.5;

// Oracle: the exact curve, whose own oracle are the misses of a plain LRU. A recorded program has few pages, hence the
// rate; below 1 / rate pages no sample can tell anything.
test("the curve from half of a recorded program's pages errs by less than .01 in the mean, and by less than half of its height", () => {
  const pages = listReferences(readTrace("awk")).map(([page]) => page);
  const exact = exactMissRatioCurve(pages, STEP_PAGES, STEPS);
  const height = exact.missRatios.reduce((sum, ratio) => sum + ratio, 0) / STEPS;
  let error = 0;
  for (let salt = 1; salt <= 10; salt++) {
    const shards = new ShardsCurve({ rate: RATE, stepPages: STEP_PAGES, steps: STEPS, salt: 1_000_003 * salt });
    for (const page of pages) shards.touch(page);
    const { missRatios } = shards.curve();
    exact.missRatios.forEach((ratio, step) => (error += Math.abs(ratio - (missRatios[step] ?? 1)) / STEPS / 10));
  }
  expect(error).toBeLessThan(0.01);
  expect(error).toBeLessThan(height / 2);
});
