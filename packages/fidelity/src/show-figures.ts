import type { Expectation } from "./expectation.ts";

const FIGURES = 4;

/** A number with about four figures, the same on every machine. */
export function showNumber(value: number): string {
  if (Number.isInteger(value)) return groupDigits(value.toFixed(0));
  const size = Math.abs(value);
  if (size >= 10 ** FIGURES) return groupDigits(value.toFixed(0));
  const digitsBefore = size >= 1 ? Math.floor(Math.log10(size)) + 1 : 0;
  const text = value.toFixed(FIGURES - digitsBefore);
  return text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
}

function groupDigits(text: string): string {
  return text.replaceAll(/\B(?=(\d{3})+$)/g, ",");
}

/** The figure that is expected: a number, a bound, or nothing. */
export function showExpected(expected: Expectation): string {
  switch (expected.kind) {
    case "exact":
    case "within":
    case "threeStandardErrors":
      return showNumber(expected.value);
    case "between":
      return `${showNumber(expected.low)} to ${showNumber(expected.high)}`;
    case "atMost":
      return `at most ${showNumber(expected.value)}`;
    case "atLeast":
      return `at least ${showNumber(expected.value)}`;
    case "notBelow":
      return `at least ${expected.figure}`;
    case "compare":
      return expected.value === undefined ? "-" : showNumber(expected.value);
  }
}

/** How far off a figure may be, with the standard error of what was simulated where that decides. */
export function showTolerance(expected: Expectation, standardError: number): string {
  switch (expected.kind) {
    case "exact":
      return "exact";
    case "within":
      return `+- ${showNumber(expected.tolerance)}`;
    case "threeStandardErrors":
      return `3 SE of ${standardError.toPrecision(2)}`;
    case "between":
      return "range";
    case "atMost":
    case "atLeast":
    case "notBelow":
      return "bound";
    case "compare":
      return "not judged";
  }
}
