import { type Ages, sumFrom } from "./age-histogram.ts";

/** How often each threshold was best: [t] scans in which it was t. */
export type Bests = readonly number[];

/**
 * The lowest age, in scans and from 1, from which on pages were accessed no more often than they may be; one more than
 * there are ages if there is none.
 */
export function bestThreshold(promotions: Ages, allowedPages: number): number {
  let best = promotions.length;
  while (best > 1 && sumFrom(promotions, best - 1) <= allowedPages) best--;
  return best;
}

export function noteBest(bests: Bests, best: number): number[] {
  const counts = Array.from({ length: Math.max(bests.length, best + 1) }, (_, threshold) => bests[threshold] ?? 0);
  counts[best] = (counts[best] ?? 0) + 1;
  return counts;
}

/** The lowest threshold that was enough in this many percent of all scans so far. */
export function percentileOf(bests: Bests, percentile: number): number {
  const scans = sumFrom(bests, 0);
  let seen = 0;
  for (let threshold = 0; threshold < bests.length; threshold++) {
    seen += bests[threshold] ?? 0;
    if (seen > 0 && 100 * seen >= percentile * scans) return threshold;
  }
  return bests.length;
}
