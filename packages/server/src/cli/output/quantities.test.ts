import { expect, test } from "vitest";
import { showCount, showDuration, showRate } from "./quantities.ts";

// The oracle of each is the SI prefix's definition, rounded by hand to three figures.
test.each([
  [0, "0 ns"],
  [999, "999 ns"],
  [1_000, "1.00 us"],
  [12_345_678, "12.3 ms"],
  [999_000_000, "999 ms"],
  [61_500_000_000, "61.5 s"],
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
