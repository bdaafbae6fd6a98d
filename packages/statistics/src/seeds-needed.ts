import { tQuantile } from "./special-functions.ts";

/** The probability with which as many seeds would tell a difference of the size observed. */
export const POWER = 0.8;

/** More seeds than this are not advised. */
export const MAX_SEEDS = 1000;

/**
 * About how many seeds are needed for an interval at `level` (the rate of wrong findings, two-sided) that ends before `distance`
 * from its middle with a probability of `POWER`: n = ((t(1 - level / 2) + t(POWER)) x deviation / distance)^2, with n - 1
 * degrees of freedom. More than `seeds`, which were too few. Null if that is more than `MAX_SEEDS`.
 */
export function seedsNeeded(
  { deviation, distance }: { readonly deviation: number; readonly distance: number },
  level: number,
  seeds: number,
): number | null {
  const isEnough = (n: number): boolean =>
    (tQuantile(1 - level / 2, n - 1) + tQuantile(POWER, n - 1)) * deviation <= distance * Math.sqrt(n);
  if (seeds >= MAX_SEEDS || !isEnough(MAX_SEEDS)) return null;
  let enough = MAX_SEEDS;
  let tooFew = Math.max(1, seeds);
  while (enough - tooFew > 1) {
    const middle = Math.floor((enough + tooFew) / 2);
    if (isEnough(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}
