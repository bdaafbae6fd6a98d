/** How active memory is estimated from random pages, for policies that have `activeSample`. */
export type SamplingSpec = {
  /** On the VM's own clock. */
  readonly periodNs: number;
  /** Pages chosen in each period, of all configured ones; a smaller VM has all of its pages chosen. */
  readonly pages: number;
  /** What part of the way to a period's fraction the slow and the fast moving average go, above 0 to 1. */
  readonly slowGain: number;
  readonly fastGain: number;
};

/** How a miss ratio curve is estimated from the accesses to sampled pages, for policies that have `missRatioCurve`. */
export type ReuseSamplingSpec = {
  /** Fraction of the real pages that is sampled, above 0 to 1. */
  readonly rate: number;
  /** Sampled pages of a VM at most, so that the rate falls as more are touched; null: no bound. */
  readonly maxPages: number | null;
  /** Points of the curve. */
  readonly steps: number;
};

/** When accessed bits are scanned for the ages of pages, for policies that have `pageAges`. */
export type AgeScanSpec = {
  /** null: at the policy's own period, right before it is asked. */
  readonly periodNs: number | null;
};

/** Where each comes from stands in the scenario's form. */
export const SAMPLING_DEFAULTS: SamplingSpec = { periodNs: 30_000_000_000, pages: 100, slowGain: 0.1, fastGain: 0.5 };
export const REUSE_SAMPLING_DEFAULTS: ReuseSamplingSpec = { rate: 0.01, maxPages: null, steps: 64 };
export const AGE_SCAN_DEFAULTS: AgeScanSpec = { periodNs: null };
