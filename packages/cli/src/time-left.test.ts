import { expect, test } from "vitest";
import { timeLeft } from "./time-left.ts";

/** Oracle: the rest is as long as what is done, times their ratio. */
test.each([
  [10_000, 0.5, "about 10 s left"],
  [60_000, 0.1, "about 9 min left"],
  [3_600_000, 0.25, "about 3.0 h left"],
  [1_000, 0.01, ""],
  [1_000, 1, ""],
])("after %d ms with %d done it says %s", (passedMs, fraction, expected) => {
  expect(timeLeft(5_000, 5_000 + passedMs, fraction)).toBe(expected);
});
