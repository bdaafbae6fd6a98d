import { expect, test } from "vitest";
import { halfWidthText, showMean } from "./metric-text.ts";
import { showColumn, showCount, showDuration, showExactTime, showRate } from "./quantities.ts";

// The oracle of each is the SI prefix's definition, rounded by hand to three figures.
test.each([
  [0, "0 ns"],
  [999, "999 ns"],
  [1_000, "1.00 us"],
  [12_345_678, "12.3 ms"],
  [999_000_000, "999 ms"],
  [999_900_000, "1.00 s"],
  [61_500_000_000, "61.5 s"],
  [512.25, "512 ns"],
  [1_234_567e9, "1,234,567 s"],
])("%d ns are shown as %s", (ns, shown) => {
  expect(showDuration(ns)).toBe(shown);
});

test.each([
  [0, "0.00"],
  [950, "950"],
  [31_040, "31.0 k"],
  [1_254_000, "1.25 M"],
])("%d per second are shown as %s", (rate, shown) => {
  expect(showRate(rate)).toBe(shown);
});

test("counts have commas between their thousands, whatever the machine's language", () => {
  expect(showCount(1_234_567)).toBe("1,234,567");
});

test("a column has as many digits as tell its different values apart, and shows equal values equal", () => {
  // Counted by hand: 1.681 and 1.682 need four digits, 1.6810002 and 1.6810003 need eight.
  expect(showColumn([1_681e6, 1_682e6, 1_700e6], showDuration)).toEqual(["1.681 s", "1.682 s", "1.700 s"]);
  expect(showColumn([1_681_000_200, 1_681_000_300, 1_681_000_200], showDuration)).toEqual(["1.6810002 s", "1.6810003 s", "1.6810002 s"]);
  expect(showColumn([2e9, 2e9, 3e9], showDuration)).toEqual(["2.00 s", "2.00 s", "3.00 s"]);
  expect(showColumn([272_366.6379, 272_366.6379, 272_421.5], showRate)).toEqual(["272.37 k", "272.37 k", "272.42 k"]);
});

test("what differs beyond ten digits looks the same", () => {
  expect(showColumn([272_366.6379113167, 272_366.6379113168], showRate)).toEqual(["272.3666379 k", "272.3666379 k"]);
});

test("an exact time has every nanosecond", () => {
  expect([999, 1_683_201_234, 12_345_678, 1_000].map(showExactTime)).toEqual(["999 ns", "1.683201234 s", "12.345678 ms", "1.000 us"]);
});

test("means of counts have decimals below a hundred, and half-widths two digits; oracle: rounded by hand", () => {
  expect([74.6667, 75, 1234.5].map((value) => showMean("count")(value))).toEqual(["74.7", "75", "1,235"]);
  expect(showMean("bytes")(1_250_000)).toBe("1.25 MB");
  expect(halfWidthText("ns", { mean: 56_900_000, high: 56_901_934.4 })).toBe("1.9 us");
  expect(halfWidthText("ratio", { mean: 1.009, high: 1.00903 })).toBe("0.000030");
  expect(halfWidthText("ns", { mean: 5, high: null })).toBeNull();
  expect(halfWidthText("ns", { mean: 5, high: 5 })).toBeNull();
});
