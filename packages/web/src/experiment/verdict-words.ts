import * as words from "@ballast/statistics/words";
import type { Verdict } from "./experiment.generated.ts";

/** As `ballast compare` words it. */
export function verdictText(verdict: Verdict): string {
  return words.VERDICT_WORDS[ruleOf(verdict)];
}

/** Of the verdict's colour and sign. */
export function toneOf(verdict: Verdict): words.Tone {
  return words.TONES[ruleOf(verdict)];
}

/** GraphQL names verdicts in capitals. */
function ruleOf(verdict: Verdict): keyof typeof words.VERDICT_WORDS {
  return verdict.toLowerCase() as Lowercase<Verdict>;
}

/** Colours alone tell nothing to those who do not see them. */
export const TONE_SIGNS: Readonly<Record<words.Tone, string>> = { better: "\u25b2", worse: "\u25bc", other: "\u25c6", undecided: "\u25cb" };

export const TONE_MEANINGS: Readonly<Record<words.Tone, string>> = {
  better: "better",
  worse: "worse",
  other: "different, neither better nor worse",
  undecided: "not told apart",
};
