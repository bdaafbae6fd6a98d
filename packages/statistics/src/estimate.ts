import { RESAMPLES, resampledT } from "./bootstrap.ts";
import { tQuantile, tTails } from "./special-functions.ts";
import { deviationOf, meanOf, skewnessOf } from "./moments.ts";

/** The share of intervals that are to contain the true value. */
export const CONFIDENCE = 0.95;

/** Fewer values have too few resamples that differ. */
const MIN_BOOTSTRAP_VALUES = 5;
/** More values than this need no bootstrap: the distribution of their mean is close to normal. */
const MAX_BOOTSTRAP_VALUES = 1000;
/**
 * From this skewness / sqrt(n) on, t intervals of skewed populations miss noticeably more often than they should. The error of
 * a t interval's tail grows with this ratio (P. Hall, "The Bootstrap and Edgeworth Expansion", 1992, 2.6).
 */
const SKEWED = 0.15;
/**
 * The bootstrap widens a t interval at most so many times: where one value lies far from all others its bound is astronomical,
 * and contains the true mean no more often (docs/decisions/0153).
 */
const MAX_WIDENING = 3;
/** A standard deviation of this share of the values is what rounding leaves of values that are all equal. */
const ROUNDING = 1e-12;

/** "exact": all values are equal. "t": Student's t. "bootstrap": the wider of t and symmetric percentile-t. */
export type Method = "exact" | "t" | "bootstrap";

/** The mean of values, an interval that contains the true mean at the rate of `CONFIDENCE`, and the test whether it is 0. */
export type Estimate = {
  readonly mean: number;
  /** Standard deviation of the values. Null of a single value. */
  readonly deviation: number | null;
  /** The interval, bounds included: the mean -/+ the same half-width. Null of a single value. */
  readonly low: number | null;
  readonly high: number | null;
  /** The probability of a mean so far from 0, or further, if the true mean is 0. Null of a single value; 0 or 1 if "exact". */
  readonly p: number | null;
  /** Null of a single value. */
  readonly method: Method | null;
};

/**
 * Of one value or more, all finite. `magnitude` is the size of the numbers that the values come from: below 1e-12 of it they
 * count as equal. The values in another order, or all with the other sign, give the same result, or its mirror, to the bit.
 */
export function estimateMean(values: readonly number[], magnitude: number): Estimate {
  const { values: canonical, sign } = canonicalForm(values);
  const { mean, deviation, halfWidth, p, method } = estimateCanonical(canonical, magnitude);
  const mirrored = mean === 0 ? 0 : sign * mean;
  if (halfWidth === null) return { mean: mirrored, deviation, low: null, high: null, p, method };
  return { mean: mirrored, deviation, low: mirrored - halfWidth, high: mirrored + halfWidth, p, method };
}

type Symmetric = Pick<Estimate, "mean" | "deviation" | "p" | "method"> & { readonly halfWidth: number | null };

function estimateCanonical(values: readonly number[], magnitude: number): Symmetric {
  const mean = meanOf(values);
  if (values.length === 1) return { mean, deviation: null, halfWidth: null, p: null, method: null };
  const deviation = deviationOf(values);
  if (deviation <= ROUNDING * magnitude) {
    const isZero = Math.abs(mean) <= ROUNDING * magnitude;
    return { mean: isZero ? 0 : mean, deviation: 0, halfWidth: 0, p: isZero ? 1 : 0, method: "exact" };
  }
  return { mean, deviation, ...intervalOf(values, mean, deviation) };
}

function intervalOf(values: readonly number[], mean: number, deviation: number): Pick<Symmetric, "halfWidth" | "p" | "method"> {
  const degrees = values.length - 1;
  const standardError = deviation / Math.sqrt(values.length);
  const t = Math.abs(mean) / standardError;
  const quantile = tQuantile((1 + CONFIDENCE) / 2, degrees);
  const p = tTails(t, degrees);
  const resampled = isSkewed(values) ? resampledT(values, mean) : null;
  if (resampled === null) return { halfWidth: quantile * standardError, p, method: "t" };
  const bound = resampled[Math.ceil(CONFIDENCE * (resampled.length + 1)) - 1] as number;
  return {
    halfWidth: Math.min(Math.max(quantile, bound), MAX_WIDENING * quantile) * standardError,
    p: Math.max(p, shareBeyond(resampled, t)),
    method: "bootstrap",
  };
}

function isSkewed(values: readonly number[]): boolean {
  const n = values.length;
  if (n < MIN_BOOTSTRAP_VALUES || n > MAX_BOOTSTRAP_VALUES) return false;
  return Math.abs(skewnessOf(values)) / Math.sqrt(n) >= SKEWED;
}

/** The share of resamples at least as far out, the sample itself among them. 0 where none is: what lies beyond them they do not tell. */
function shareBeyond(resampled: Float64Array, t: number): number {
  let count = 0;
  for (let at = resampled.length - 1; at >= 0 && (resampled[at] as number) >= t; at--) count++;
  return count === 0 ? 0 : (count + 1) / (RESAMPLES + 1);
}

/** In ascending order, and of the values and their mirror image the one that is first in the order of lists. */
function canonicalForm(values: readonly number[]): { readonly values: readonly number[]; readonly sign: 1 | -1 } {
  const ascending = values.toSorted((left, right) => left - right);
  const mirrored = ascending.map((value) => -value).toReversed();
  const differing = ascending.findIndex((value, index) => value !== mirrored[index]);
  const isFirst = differing === -1 || (ascending[differing] as number) < (mirrored[differing] as number);
  return isFirst ? { values: ascending, sign: 1 } : { values: mirrored, sign: -1 };
}
