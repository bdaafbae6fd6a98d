import type { Verdict } from "./experiment.generated.ts";

/** Each verdict as `ballast compare` words it, in the order in which they are listed. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  BETTER: "better",
  WORSE: "worse",
  LOWER: "lower",
  HIGHER: "higher",
  UNDECIDED: "not told apart",
  EQUIVALENT: "no difference that matters",
  EQUAL: "equal under every seed",
  SINGLE: "one seed, no verdict",
  INCOMPARABLE: "cannot be compared",
};

export type Tone = "better" | "worse" | "other" | "undecided";

/** Of the verdict's colour and sign. */
export function toneOf(verdict: Verdict): Tone {
  if (verdict === "BETTER") return "better";
  if (verdict === "WORSE") return "worse";
  return verdict === "LOWER" || verdict === "HIGHER" ? "other" : "undecided";
}

/** Colours alone tell nothing to those who do not see them. */
export const TONE_SIGNS: Readonly<Record<Tone, string>> = { better: "\u25b2", worse: "\u25bc", other: "\u25c6", undecided: "\u25cb" };

export const TONE_MEANINGS: Readonly<Record<Tone, string>> = {
  better: "better",
  worse: "worse",
  other: "different, neither better nor worse",
  undecided: "not told apart",
};
