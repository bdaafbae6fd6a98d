import type { MissRatioCurve } from "../../reuse/index.ts";

/** A VM that is to get a fixed part of memory: its misses by size, and the bounds of its part in pages, both included. */
export type PartClaim = {
  readonly curve: MissRatioCurve;
  readonly lowestPages: number;
  readonly maxPages: number;
};

/** Misses with `pages` pages: those of the largest size on the curve that is not above it; below the first size every access misses. */
export function missesWith({ stepPages, missRatios, accesses }: MissRatioCurve, pages: number): number {
  const step = Math.min(Math.floor(pages / stepPages), missRatios.length);
  return accesses * (step === 0 ? 1 : (missRatios[step - 1] ?? 1));
}

/**
 * The static partition with the fewest misses in all, exactly, by dynamic programming over units of `unitPages`: parts
 * are multiples of it between each claim's bounds (rounded up), and together at most `pages`. Among equally good ones
 * earlier claims get less. Null if not even the lower bounds fit.
 */
export function bestPartition(claims: readonly PartClaim[], pages: number, unitPages: number): number[] | null {
  const units = Math.floor(pages / unitPages);
  let fewest = new Float64Array(units + 1);
  const choices = claims.map((claim) => {
    const { misses, choice } = addClaim(claim, fewest, unitPages);
    fewest = misses;
    return choice;
  });
  if ((fewest[units] ?? Infinity) === Infinity) return null;
  let left = units;
  const parts = choices.toReversed().map((choice) => {
    const part = choice[left] ?? 0;
    left -= part;
    return part * unitPages;
  });
  return parts.toReversed();
}

type Stage = { readonly misses: Float64Array<ArrayBuffer>; readonly choice: Int32Array };

/** For each number of units that the claims up to this one share: the fewest misses, and this claim's part of them. */
function addClaim({ curve, lowestPages, maxPages }: PartClaim, before: Float64Array, unitPages: number): Stage {
  const misses = new Float64Array(before.length).fill(Infinity);
  const choice = new Int32Array(before.length);
  const first = Math.ceil(lowestPages / unitPages);
  const last = Math.max(first, Math.ceil(maxPages / unitPages));
  const own = Float64Array.from({ length: last - first + 1 }, (_, at) => missesWith(curve, (first + at) * unitPages));
  for (let units = first; units < before.length; units++) {
    for (let part = first; part <= Math.min(last, units); part++) {
      const sum = (before[units - part] ?? Infinity) + (own[part - first] ?? Infinity);
      // A larger part of the later claim wins among equals, so that earlier ones get less.
      if (sum > (misses[units] ?? Infinity) || sum === Infinity) continue;
      misses[units] = sum;
      choice[units] = part;
    }
  }
  return { misses, choice };
}

/**
 * Divides memory by marginal gain: the next pages go to the claim whose misses fall most per page, on the convex hull of
 * its curve, because a single step may gain nothing before a cliff. Every claim has its lowest pages first, in any case;
 * pages from which no claim gains stay undivided. On convex curves the result is as good as the best partition.
 */
export function divideByGain(claims: readonly PartClaim[], pages: number): number[] {
  const parts = claims.map(({ lowestPages }) => lowestPages);
  let left = pages - parts.reduce((sum, part) => sum + part, 0);
  const steps = claims.map(hullSteps);
  for (;;) {
    const index = indexOfSteepest(steps);
    const [step] = steps[index] ?? [];
    if (step === undefined) return parts;
    const wanted = step.endPages - (parts[index] ?? 0);
    // Further steps of the same claim are larger still.
    if (wanted > left) steps[index] = [];
    else {
      steps[index]?.shift();
      parts[index] = step.endPages;
      left -= wanted;
    }
  }
}

/** Whose first step gains most, the first among equals; 0 if there is none left. */
function indexOfSteepest(steps: readonly (readonly HullStep[])[]): number {
  let steepest = 0;
  let gain = -Infinity;
  steps.forEach(([step], index) => {
    if (step === undefined || step.gainPerPage <= gain) return;
    steepest = index;
    gain = step.gainPerPage;
  });
  return steepest;
}

type HullStep = { readonly endPages: number; readonly gainPerPage: number };

/** The falling edges of the lower convex hull of a claim's misses, from its lowest pages on; each is less steep than the one before. */
function hullSteps({ curve, lowestPages, maxPages }: PartClaim): HullStep[] {
  const sizes = [lowestPages];
  for (let step = 1; step <= curve.missRatios.length; step++) {
    const size = step * curve.stepPages;
    if (size > lowestPages && size <= maxPages) sizes.push(size);
  }
  const points = sizes.map((size) => ({ size, misses: missesWith(curve, size) }));
  const hull: HullStep[] = [];
  for (let at = 0; at < points.length - 1;) {
    const next = steepestFrom(points, at);
    if (next.gainPerPage <= 0) break;
    hull.push({ endPages: points[next.at]?.size ?? 0, gainPerPage: next.gainPerPage });
    at = next.at;
  }
  return hull;
}

type Point = { readonly size: number; readonly misses: number };

function gainBetween(from: Point, to: Point): number {
  return (from.misses - to.misses) / (to.size - from.size);
}

/** Points on one line stay steps of their own, whatever the last digits of their slopes are. */
const SAME_SLOPE = 1e-9;

function steepestFrom(points: readonly Point[], from: number): { readonly at: number; readonly gainPerPage: number } {
  const start = points[from] ?? { size: 0, misses: 0 };
  let best = { at: from + 1, gainPerPage: gainBetween(start, points[from + 1] ?? start) };
  for (let at = from + 2; at < points.length; at++) {
    const gainPerPage = gainBetween(start, points[at] ?? start);
    if (gainPerPage > best.gainPerPage + SAME_SLOPE * Math.abs(best.gainPerPage)) best = { at, gainPerPage };
  }
  return best;
}
