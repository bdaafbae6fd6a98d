import { Prng } from "@ballast/core/prng";

/** How many resamples are drawn. The bound that 5 % of them exceed is then known to half a percentage point. */
export const RESAMPLES = 1999;

/** Resamples in which all values are equal have no standard error; where more than this share of them would, there is no bootstrap. */
const MAX_DEGENERATE_SHARE = 0.01;

/**
 * The distribution of |t| under resampling: each entry is (mean of a resample - mean) / standard error of the resample, without
 * its sign, in ascending order. The values are drawn with a fixed seed: equal values in equal order give equal results.
 * Null where too many resamples consist of one value repeated.
 *
 * Percentile-t of Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), 12.5, in its symmetric form: P. Hall,
 * "On symmetric bootstrap confidence intervals", J. Royal Statistical Society B 50 (1988).
 */
export function resampledT(values: readonly number[], mean: number): Float64Array | null {
  const random = Prng.named(1, "bootstrap");
  const found = new Float64Array(RESAMPLES);
  let count = 0;
  for (let resample = 0; resample < RESAMPLES; resample++) {
    const t = tOfResample(values, mean, random);
    if (t !== null) found[count++] = t;
  }
  if (count < RESAMPLES * (1 - MAX_DEGENERATE_SHARE)) return null;
  return found.subarray(0, count).sort();
}

function tOfResample(values: readonly number[], mean: number, random: Prng): number | null {
  const n = values.length;
  let sum = 0;
  let squares = 0;
  for (let draw = 0; draw < n; draw++) {
    // Biased by less than n / 2^32; unlike `nextBelow` without a division, which would take most of the time.
    const off = (values[Math.floor(random.nextFraction() * n)] as number) - mean;
    sum += off;
    squares += off * off;
  }
  const deviations = squares - (sum * sum) / n;
  // What rounding leaves of a difference of equal sums.
  if (deviations <= squares * 1e-12) return null;
  return Math.abs(sum / n) / Math.sqrt(deviations / (n * (n - 1)));
}
