export { differenceText, intervalText, percentOf, type ShowAmount } from "./difference-text.ts";
export { CONFIDENCE, type Estimate, type Method } from "./estimate.ts";
export { adjustByHolm, FAMILY_ERROR_RATE } from "./holm.ts";
export { comparePaired, type PairedComparison, type Relative, type Scale } from "./paired-comparison.ts";
export { type Sample, summarize, type Summary } from "./sample.ts";
export { MAX_SEEDS, POWER, seedsNeeded } from "./seeds-needed.ts";
export { measuredText, type Names, seedsText, sentenceOf } from "./sentence.ts";
export { type Direction, judge, type Judgement, RELATIVE_FLOOR, type Test, type Verdict, VERDICTS, type Family } from "./verdict.ts";
