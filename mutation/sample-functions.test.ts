import { expect, test } from "vitest";
import { sampleFunctions } from "./sample-functions.ts";
import { listTargets } from "./targets.ts";

test("functions are drawn without replacement, the same for the same seed, others for another one", () => {
  const sources = listTargets().flatMap((target) => target.sources);
  const drawn = sampleFunctions(sources, 40, 7);
  expect(new Set(drawn).size).toBe(40);
  expect(sampleFunctions(sources, 40, 7)).toEqual(drawn);
  expect(sampleFunctions(sources, 40, 8)).not.toEqual(drawn);
  for (const range of drawn) expect(range).toMatch(/^packages\/.*\.ts:\d+:\d+-\d+:\d+$/u);
});

test("every folder that is mutated has code, and tests that ought to notice", () => {
  for (const { name, sources, tests } of listTargets()) {
    expect(sources.length, name).toBeGreaterThan(0);
    expect(tests.length, name).toBeGreaterThan(0);
  }
});
