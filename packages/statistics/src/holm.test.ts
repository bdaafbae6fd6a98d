import { expect, test } from "vitest";
import { adjustByHolm } from "./holm.ts";

/** By hand, after R's documentation of p.adjust(method = "holm"): sorted p x (k, k - 1, ...), each at least the one before, at most 1. */
test.each([
  [
    [0.01, 0.04, 0.03, 0.005],
    [0.03, 0.06, 0.06, 0.02],
  ],
  [
    [0.5, 0.6, 0.001],
    [1, 1, 0.003],
  ],
  [
    [0.02, 0.02, 0.02],
    [0.06, 0.06, 0.06],
  ],
  [[0.04], [0.04]],
  [[], []],
])("the p values %j are adjusted to %j", (given, adjusted) => {
  const found = adjustByHolm(given);
  expect(found).toHaveLength(adjusted.length);
  for (const [place, p] of adjusted.entries()) expect(found[place]).toBeCloseTo(p, 12);
});

test("members of the family that are not tested count as tests that find nothing", () => {
  expect(adjustByHolm([0.001, 0.02], 3)).toEqual(adjustByHolm([0.001, 0.02, 1, 1, 1]).slice(0, 2));
});
