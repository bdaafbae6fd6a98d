import { assert } from "@ballast/core/assert";

/**
 * What a figure must be to pass. `exact`: equal, but for the rounding of floating point. `within`: as near as the source
 * has rounded, or as an approximation is good. `threeStandardErrors`: the mean over the seeds is no further off than
 * chance allows. `between`: in a range, its ends included. `atMost`, `atLeast`: a
 * bound. `notBelow`: no lower than another figure of the same check, seed by seed.
 * `compare`: shown beside what is known, and not judged.
 */
export type Expectation =
  | { readonly kind: "exact"; readonly value: number }
  | { readonly kind: "within"; readonly value: number; readonly tolerance: number }
  | { readonly kind: "threeStandardErrors"; readonly value: number }
  | { readonly kind: "between"; readonly low: number; readonly high: number }
  | { readonly kind: "atMost"; readonly value: number }
  | { readonly kind: "atLeast"; readonly value: number }
  | { readonly kind: "notBelow"; readonly figure: string }
  | { readonly kind: "compare"; readonly value?: number };

export const exactly = (value: number): Expectation => ({ kind: "exact", value });
export const within = (value: number, tolerance: number): Expectation => ({ kind: "within", value, tolerance });
export const threeStandardErrors = (value: number): Expectation => ({ kind: "threeStandardErrors", value });
export const between = (low: number, high: number): Expectation => ({ kind: "between", low, high });
export const atMost = (value: number): Expectation => ({ kind: "atMost", value });
export const atLeast = (value: number): Expectation => ({ kind: "atLeast", value });
export const notBelow = (figure: string): Expectation => ({ kind: "notBelow", figure });
export const compare = (value?: number): Expectation => (value === undefined ? { kind: "compare" } : { kind: "compare", value });

/** Seeds that a law over random draws is looked at with, at the least. */
export const FEWEST_SEEDS = 10;
const STANDARD_ERRORS = 3;
/** Of the value: what floating point loses on the way. */
const ROUNDING = 1e-12;

/**
 * What holds of a figure without showing that the simulator is right. `configuration`: it reads back what a default, a
 * preset or the scenario sets. `identity`: it follows from how it is counted, so that no simulation can miss it.
 */
export const NO_PROOFS = ["configuration", "identity"] as const;
export type NoProof = (typeof NO_PROOFS)[number];

/** What came of a figure. One that proves nothing fails as any other, but does not pass. */
export type Verdict = "pass" | "fail" | "compared" | NoProof;

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard error of the mean of independent values; 0 for a single one. */
export function standardErrorOf(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

/** Holds one figure of a check, by seed, against what is expected. `others`: the figures of the same check. */
export function judge(
  expected: Expectation,
  values: readonly number[],
  others: Readonly<Record<string, readonly number[]>>,
  noProof?: NoProof,
): Verdict {
  if (expected.kind === "compare") return noProof ?? "compared";
  return isMet(expected, values, others) ? (noProof ?? "pass") : "fail";
}

function isMet(
  expected: Exclude<Expectation, { readonly kind: "compare" }>,
  values: readonly number[],
  others: Readonly<Record<string, readonly number[]>>,
): boolean {
  switch (expected.kind) {
    case "exact":
      return values.every((value) => isNear(value, expected.value, ROUNDING * Math.abs(expected.value)));
    case "within":
      return isNear(meanOf(values), expected.value, expected.tolerance);
    case "threeStandardErrors":
      assert(values.length >= FEWEST_SEEDS, () => `${values.length} seeds are too few for a law over random draws`);
      return isNear(meanOf(values), expected.value, STANDARD_ERRORS * standardErrorOf(values));
    case "between":
      return values.every((value) => value >= expected.low && value <= expected.high);
    case "atMost":
      return values.every((value) => value <= expected.value);
    case "atLeast":
      return values.every((value) => value >= expected.value);
    case "notBelow": {
      const bounds = others[expected.figure];
      assert(bounds !== undefined, () => `the check has no figure ${expected.figure}`);
      return values.every((value, seed) => value >= (bounds[seed] ?? bounds[0] ?? Number.NaN));
    }
  }
}

function isNear(value: number, wanted: number, tolerance: number): boolean {
  return Math.abs(value - wanted) <= tolerance;
}
