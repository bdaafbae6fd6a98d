import { expect, test } from "vitest";
import { atMost, between, compare, exactly, judge, notBelow, standardErrorOf, threeStandardErrors, within } from "./expectation.ts";

test("an exact figure passes by floating point's rounding and fails by one page in a million", () => {
  expect(judge(exactly(0.3), [0.1 + 0.2], {})).toBe("pass");
  expect(judge(exactly(1_000_000), [1_000_001], {})).toBe("fail");
});

test("a figure within its tolerance passes, the tolerance included", () => {
  expect(judge(within(10, 0.5), [10.5], {})).toBe("pass");
  expect(judge(within(10, 0.5), [9.4], {})).toBe("fail");
});

// Oracle: of 1 to 10 the standard deviation is 3.0277, so that the standard error of the mean of ten is 0.9574.
test("a law passes if the mean is within three standard errors, and not further", () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  expect(standardErrorOf(values)).toBeCloseTo(0.9574, 4);
  expect(judge(threeStandardErrors(5.5 + 2.87), values, {})).toBe("pass");
  expect(judge(threeStandardErrors(5.5 - 2.88), values, {})).toBe("fail");
});

test("a law looked at with fewer than ten seeds is a fault of the check", () => {
  expect(() => judge(threeStandardErrors(1), [1, 1, 1], {})).toThrow("3 seeds are too few");
});

test("a bound by another figure holds seed by seed, not on the mean", () => {
  expect(judge(notBelow("other"), [1, 3], { other: [1, 2] })).toBe("pass");
  expect(judge(notBelow("other"), [1, 3], { other: [2, 1] })).toBe("fail");
  expect(judge(atMost(2), [1, 3], {})).toBe("fail");
});

test("a range includes its ends, and holds for each seed", () => {
  expect(judge(between(1, 2), [1, 2], {})).toBe("pass");
  expect(judge(between(1, 2), [1.5, 2.1], {})).toBe("fail");
});

test("a figure that proves nothing does not pass when it is met, and fails when it is not", () => {
  expect(judge(exactly(3), [3], {}, "configuration")).toBe("configuration");
  expect(judge(exactly(3), [3], {}, "identity")).toBe("identity");
  expect(judge(exactly(3), [4], {}, "configuration")).toBe("fail");
  expect(judge(compare(3), [4], {}, "configuration")).toBe("configuration");
});

test("what is compared is not judged", () => {
  expect(judge(compare(1), [100], {})).toBe("compared");
});
