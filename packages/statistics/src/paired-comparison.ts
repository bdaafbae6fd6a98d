import { BallastError } from "@ballast/core/errors";
import { type Estimate, estimateMean } from "./estimate.ts";
import { meanOf } from "./moments.ts";
import { magnitudeOf, requireFinite, type Sample } from "./sample.ts";
import { exponentialLessOne, logarithm } from "./special-functions.ts";

/**
 * What a comparison rests on. "ratio": the logarithms of the ratios of pairs, for what a change multiplies (times, rates,
 * slowdowns). "difference": the differences of pairs, for counts, which may be 0.
 */
export type Scale = "ratio" | "difference";

/** A relative difference: 0.1 is 10 % more than the baseline, -0.1 is 10 % less. The bounds are null of a single pair. */
export type Relative = { readonly value: number; readonly low: number | null; readonly high: number | null };

/** A variant and its baseline under the same seeds. All numbers are of the complete pairs: the seeds that have a value of both. */
export type PairedComparison = {
  readonly pairs: number;
  /** Seeds left out, because one of the two has no value. */
  readonly missing: number;
  /** Null without a pair, like all below. */
  readonly baselineMean: number | null;
  readonly mean: number | null;
  /** Value - baseline, in the unit of the values. */
  readonly difference: Estimate | null;
  /** By the geometric mean of value / baseline. Null too where a value is not positive. */
  readonly relative: Relative | null;
  /** The scale that decides: "difference" also where there is no ratio. */
  readonly scale: Scale;
  /** What decides: the difference, or the logarithm of the ratio. */
  readonly effect: Estimate | null;
};

type Pair = { readonly baseline: number; readonly value: number };

/** @throws BallastError INPUT_INVALID that begins with `where`, if a value is not finite or the samples are of different seeds. */
export function comparePaired(
  { baseline, variant }: { readonly baseline: Sample; readonly variant: Sample },
  scale: Scale,
  where: string,
): PairedComparison {
  const pairs = pairsOf(baseline, variant, where);
  const missing = baseline.length - pairs.length;
  if (pairs.length === 0)
    return { pairs: 0, missing, baselineMean: null, mean: null, difference: null, relative: null, scale, effect: null };
  const difference = estimateDifference(pairs);
  const logRatio = estimateLogRatio(pairs);
  const isRatio = scale === "ratio" && logRatio !== null;
  return {
    pairs: pairs.length,
    missing,
    baselineMean: meanOf(pairs.map((pair) => pair.baseline)),
    mean: meanOf(pairs.map((pair) => pair.value)),
    difference,
    relative: logRatio === null ? null : relativeOf(logRatio),
    scale: isRatio ? "ratio" : "difference",
    effect: isRatio ? logRatio : difference,
  };
}

function pairsOf(baseline: Sample, variant: Sample, where: string): Pair[] {
  if (baseline.length !== variant.length) {
    throw new BallastError("INPUT_INVALID", `${where}: ${variant.length} values are to be paired with ${baseline.length} of the baseline`);
  }
  requireFinite(baseline, `${where}, baseline`);
  requireFinite(variant, where);
  const all = baseline.map((value, seed) => ({ baseline: value, value: variant[seed] ?? null }));
  const complete = all.filter((pair): pair is Pair => pair.baseline !== null && pair.value !== null);
  // The order of the seeds means nothing: sums are taken in an order of the values, so that it does not change their last bit.
  return complete.sort((left, right) => left.baseline - right.baseline || left.value - right.value);
}

function estimateDifference(pairs: readonly Pair[]): Estimate {
  return estimateMean(
    pairs.map(({ baseline, value }) => value - baseline),
    magnitudeOf(pairs.flatMap(({ baseline, value }) => [baseline, value])),
  );
}

function estimateLogRatio(pairs: readonly Pair[]): Estimate | null {
  if (pairs.some(({ baseline, value }) => baseline <= 0 || value <= 0)) return null;
  const logarithms = pairs.map(({ baseline, value }) => ({ baseline: logarithm(baseline), value: logarithm(value) }));
  return estimateMean(
    logarithms.map(({ baseline, value }) => value - baseline),
    Math.max(1, magnitudeOf(logarithms.flatMap(({ baseline, value }) => [baseline, value]))),
  );
}

function relativeOf({ mean, low, high }: Estimate): Relative {
  const bound = (logRatio: number | null): number | null => (logRatio === null ? null : exponentialLessOne(logRatio));
  return { value: exponentialLessOne(mean), low: bound(low), high: bound(high) };
}
