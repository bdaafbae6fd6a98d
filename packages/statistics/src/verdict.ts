import { CONFIDENCE, type Estimate } from "./estimate.ts";
import { adjustByHolm, FAMILY_ERROR_RATE } from "./holm.ts";
import { comparePaired, type PairedComparison, type Scale } from "./paired-comparison.ts";
import type { Sample } from "./sample.ts";
import { seedsNeeded } from "./seeds-needed.ts";
import { logarithm, tQuantile } from "./special-functions.ts";

/** A relative difference below this is no difference that matters, however sure it is. */
export const RELATIVE_FLOOR = 0.01;

/** Each with its meaning. */
export const VERDICTS = {
  better: "The difference is told apart from chance, and is one for the better.",
  worse: "The difference is told apart from chance, and is one for the worse.",
  higher: "The value is higher, told apart from chance; the metric has no better direction.",
  lower: "The value is lower, told apart from chance; the metric has no better direction.",
  equal: "The values are the same under every seed.",
  equivalent: "The whole interval of the difference lies below the noise floor: there is no difference that matters.",
  undecided: "Neither a difference nor its absence can be told apart from chance at so few seeds.",
  single: "There is one seed: no interval is possible, and no verdict.",
  incomparable: "No seed has a value of both.",
} as const;
export type Verdict = keyof typeof VERDICTS;

/** Which values are good; null for what is a means and no end. */
export type Direction = "lower" | "higher" | null;

/** One metric of one variant beside the baseline's. */
export type Test = {
  /** What it is, for errors. */
  readonly where: string;
  readonly baseline: Sample;
  readonly variant: Sample;
  readonly better: Direction;
  readonly scale: Scale;
  /** A difference below this many of the metric's unit is no difference that matters: 1 for what is counted, 0 where it has none. */
  readonly floor: number;
};

export type Judgement = PairedComparison & {
  readonly verdict: Verdict;
  /** Adjusted over the family and for its share of the error rate. Null where there is no test: a single pair or none, or the same difference in all pairs. */
  readonly adjustedP: number | null;
  /** About how many seeds would tell, of "undecided"; null there if more than `MAX_SEEDS`. */
  readonly seedsNeeded: number | null;
};

export type Family = {
  /** Further members of it, left out because of what the values show; 0 if not given. */
  readonly untested?: number;
  /** Its part of the error rate, above 0 to 1, where another family has the rest; 1 if not given. */
  readonly share?: number;
};

/** Compares all and gives the verdicts. The tests are one family: the more there are, the more a difference has to be sure. */
export function judge(tests: readonly Test[], { untested = 0, share = 1 }: Family = {}): Judgement[] {
  const comparisons = tests.map((test) => comparePaired(test, test.scale, test.where));
  const adjusted = adjustTested(comparisons, untested).map((p) => (p === null ? null : Math.min(1, p / share)));
  const undecided = untested + adjusted.filter((p) => p !== null && p >= FAMILY_ERROR_RATE).length;
  return tests.map((test, place) => {
    const comparison = comparisons[place] as PairedComparison;
    const adjustedP = adjusted[place] as number | null;
    const floor = floorOf(comparison, test.floor);
    const verdict = verdictOf(comparison, { adjustedP, floor, better: test.better });
    const needed = verdict === "undecided" ? neededSeeds(comparison, floor, (FAMILY_ERROR_RATE * share) / undecided) : null;
    return { ...comparison, verdict, adjustedP, seedsNeeded: needed };
  });
}

function adjustTested(comparisons: readonly PairedComparison[], untested: number): (number | null)[] {
  const tested = comparisons.flatMap(({ effect }, place) => (effect !== null && isTested(effect) ? [{ place, p: effect.p }] : []));
  const adjusted = new Array<number | null>(comparisons.length).fill(null);
  const pValues = tested.map(({ p }) => p);
  for (const [index, p] of adjustByHolm(pValues, untested).entries()) adjusted[(tested[index] as { place: number }).place] = p;
  return adjusted;
}

/** A difference that is the same in all pairs is no matter of chance. */
function isTested(effect: Estimate): effect is Estimate & { readonly p: number } {
  return effect.p !== null && effect.method !== "exact";
}

/** On the scale that decides. Of differences, 1 % of the mean of both, so that it does not depend on which is the baseline. */
function floorOf({ scale, baselineMean, mean }: PairedComparison, floor: number): number {
  if (scale === "ratio") return logarithm(1 + RELATIVE_FLOOR);
  return Math.max(floor, RELATIVE_FLOOR * Math.abs(((baselineMean ?? 0) + (mean ?? 0)) / 2));
}

type Circumstances = { readonly adjustedP: number | null; readonly floor: number; readonly better: Direction };

function verdictOf({ effect, difference }: PairedComparison, { adjustedP, floor, better }: Circumstances): Verdict {
  if (effect === null || difference === null) return "incomparable";
  if (effect.low === null || effect.high === null) return "single";
  if (difference.method === "exact" && difference.mean === 0) return "equal";
  const isSure = effect.method === "exact" || (adjustedP !== null && adjustedP < FAMILY_ERROR_RATE);
  if (isSure && Math.abs(effect.mean) >= floor) return wordOf(effect.mean, better);
  return effect.low > -floor && effect.high < floor ? "equivalent" : "undecided";
}

function wordOf(mean: number, better: Direction): Verdict {
  const found = mean < 0 ? "lower" : "higher";
  if (better === null) return found;
  return found === better ? "better" : "worse";
}

/** Either to tell the difference from none, or, where it is below the floor, to tell it from the floor. */
function neededSeeds({ effect, pairs }: PairedComparison, floor: number, level: number): number | null {
  if (effect === null) return null;
  const size = Math.abs(effect.mean);
  const deviation = effectiveDeviation(effect, pairs);
  if (size >= floor) return seedsNeeded({ deviation, distance: size }, level, pairs);
  return seedsNeeded({ deviation, distance: floor - size }, FAMILY_ERROR_RATE, pairs);
}

/** With which a t interval would be as wide as the one there is. */
function effectiveDeviation({ mean, high }: Estimate, pairs: number): number {
  return (((high ?? mean) - mean) * Math.sqrt(pairs)) / tQuantile((1 + CONFIDENCE) / 2, pairs - 1);
}
