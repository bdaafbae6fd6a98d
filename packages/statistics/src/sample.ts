import { BallastError } from "@ballast/core/errors";
import { estimateMean, type Method } from "./estimate.ts";

/** A value for each seed, in the order of the seeds; null where there is none. */
export type Sample = readonly (number | null)[];

/** One sample in numbers. */
export type Summary = {
  /** How many values there are, and of how many seeds there is none. */
  readonly n: number;
  readonly missing: number;
  /** Null without a value. */
  readonly mean: number | null;
  /** Standard deviation over the seeds. Null of fewer than two values. */
  readonly deviation: number | null;
  /** An interval for the true mean, bounds included. Null of fewer than two values. */
  readonly low: number | null;
  readonly high: number | null;
  readonly method: Method | null;
};

/** @throws BallastError INPUT_INVALID that begins with `where`, if a value is not finite. */
export function summarize(sample: Sample, where: string): Summary {
  requireFinite(sample, where);
  const values = sample.filter((value) => value !== null);
  const missing = sample.length - values.length;
  if (values.length === 0) return { n: 0, missing, mean: null, deviation: null, low: null, high: null, method: null };
  const { mean, deviation, low, high, method } = estimateMean(values, magnitudeOf(values));
  return { n: values.length, missing, mean, deviation, low, high, method };
}

/** The size of the numbers, which bounds what rounding can leave of them. */
export function magnitudeOf(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

export function requireFinite(sample: Sample, where: string): void {
  const place = sample.findIndex((value) => value !== null && !Number.isFinite(value));
  if (place === -1) return;
  throw new BallastError(
    "INPUT_INVALID",
    `${where}: the value of seed ${place + 1} of ${sample.length} is ${sample[place]}; a value is a finite number, or null where there is none`,
  );
}
