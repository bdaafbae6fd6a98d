import type { Axis } from "./axis.ts";

type Range = Pick<Axis, "min" | "max" | "resolution" | "harder" | "easier">;

/**
 * Looks for the largest load under which something holds, on the assumption that it does up to one load and beyond that no more: doubles or
 * halves the load until both sides are known, then bisects. Yields a load to be asked, and is given whether it holds there. Returns null
 * if it does not hold at the smallest load of the range.
 */
export function* largestHolding(range: Range, start: number): Generator<number, number | null, boolean> {
  const { min, max, resolution } = range;
  let good: number | null = null;
  let bad: number | null = null;
  for (let at = Math.min(max, Math.max(min, start)); ;) {
    if (yield at) good = at;
    else bad = at;
    if (good !== null && bad !== null) break;
    if (good === max) return max;
    if (bad === min) return null;
    at = good !== null ? Math.min(max, range.harder(at)) : Math.max(min, range.easier(at));
  }
  while (bad - good > resolution) {
    const middle = Math.floor((good + bad) / 2);
    if (yield middle) good = middle;
    else bad = middle;
  }
  return good;
}
