import { type NumberParameter, periodMs, shortageParameters, type ValuesOf } from "@ballast/core/policy";

const PAPER = "A. Lagar-Cavilla et al., ASPLOS 2019";

const scanMs: NumberParameter = {
  ...periodMs,
  minimum: 0.1,
  default: 120_000,
  description: "Time between two scans of accessed bits, and so the least age at which a page counts as cold.",
  source: `${PAPER}: scans every 120 s, minimum cold age threshold 120 s`,
  confidence: "published",
};

const promotionRate: NumberParameter = {
  type: "number",
  unit: "of the working set per minute",
  default: 0.002,
  minimum: 0,
  maximum: 1_000_000,
  description: "Cold pages that a VM may access in a minute, as a fraction of the pages that it accesses between two scans.",
  source: `${PAPER}: 0.2 % per minute`,
  confidence: "published",
};

const percentile: NumberParameter = {
  type: "number",
  unit: "%",
  default: 98,
  minimum: 0,
  maximum: 100,
  description: "K: the threshold is this percentile of those that would have been best so far, or the last one if that is higher.",
  source: `${PAPER} tunes K and does not tell it; 98 leaves the target to be missed in one scan of fifty`,
  confidence: "assumed",
};

const startMs: NumberParameter = {
  type: "number",
  unit: "ms",
  default: 240_000,
  minimum: 0,
  maximum: 86_400_000,
  description: "S: nothing is taken from a VM for so long after it was first seen.",
  source: `${PAPER} tunes S and does not tell it; two scans are the least that show a promotion`,
  confidence: "assumed",
};

export const parameters = { scanMs, promotionRate, percentile, startMs, ...shortageParameters };

export type Settings = ValuesOf<typeof parameters>;
