import type { Verdict } from "../verdict.ts";

/** Each verdict in words, in the order in which they are listed. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  better: "better",
  worse: "worse",
  lower: "lower",
  higher: "higher",
  undecided: "not told apart",
  equivalent: "no difference that matters",
  equal: "equal under every seed",
  single: "one seed, no verdict",
  incomparable: "cannot be compared",
};

/** How a comparison came out, as far as its look goes. */
export type Tone = "better" | "worse" | "other" | "undecided";

export const TONES: Readonly<Record<Verdict, Tone>> = {
  better: "better",
  worse: "worse",
  higher: "other",
  lower: "other",
  equal: "undecided",
  equivalent: "undecided",
  undecided: "undecided",
  single: "undecided",
  incomparable: "undecided",
};
