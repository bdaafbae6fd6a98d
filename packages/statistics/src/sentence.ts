import { differenceText, intervalText, type ShowAmount } from "./difference-text.ts";
import { MAX_SEEDS } from "./seeds-needed.ts";
import type { Judgement, Verdict } from "./verdict.ts";

/** What a judgement is about, in words. */
export type Names = {
  readonly metric: string;
  readonly variant: string;
  readonly baseline: string;
  readonly show: ShowAmount;
  /** Why seeds were left out: a clause that begins with "where". */
  readonly whereLeftOut: string;
};

/** A judgement in one sentence, without its full stop: "work time, esx against host-swap: better, 12 % lower (95 %: ...)". */
export function sentenceOf(judgement: Judgement, { metric, variant, baseline, show, whereLeftOut }: Names): string {
  return `${metric}, ${variant} against ${baseline}: ${CLAIMS[judgement.verdict](judgement, show)}${leftOut(judgement, whereLeftOut)}`;
}

type Claim = (judgement: Judgement, show: ShowAmount) => string;

const CLAIMS: Readonly<Record<Verdict, Claim>> = {
  better: (judgement, show) => `better, ${measuredText(judgement, show)}`,
  worse: (judgement, show) => `worse, ${measuredText(judgement, show)}`,
  higher: measuredText,
  lower: measuredText,
  equal: ({ pairs }) => `equal under each of ${pairs} seeds`,
  equivalent: (judgement, show) => `no difference that matters, ${measuredText(judgement, show)}`,
  undecided: (judgement, show) => `not told apart, ${measuredText(judgement, show)}; ${seedsText(judgement)}`,
  single: (judgement, show) => `one seed, no verdict: ${differenceText(judgement, show)}`,
  incomparable: () => "cannot be compared: no seed has a value of both",
};

/** The difference with its interval and the number of seeds that it is of. */
export function measuredText(judgement: Judgement, show: ShowAmount): string {
  const value = differenceText(judgement, show);
  if (judgement.effect?.method === "exact") return `${value} under each of ${judgement.pairs} seeds`;
  return `${value} (95 %: ${intervalText(judgement, show)}; ${judgement.pairs} seeds)`;
}

/** What would tell the two apart, of an undecided judgement. */
export function seedsText({ seedsNeeded }: Judgement): string {
  return seedsNeeded === null ? `more than ${MAX_SEEDS} seeds would be needed` : `about ${seedsNeeded} seeds would tell`;
}

function leftOut({ missing, pairs }: Judgement, where: string): string {
  if (missing === 0 || pairs === 0) return "";
  return `; ${missing} of ${missing + pairs} seeds left out, ${where}`;
}
