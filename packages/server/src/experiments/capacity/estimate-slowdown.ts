import type { RelativeResults } from "@ballast/core/metrics";
import { slowdownPercentile } from "@ballast/core/metrics";
import { summarize } from "@ballast/statistics";
import type { SlowdownEstimate } from "./capacity.ts";

/** The percentile over the VMs of each seed, and the interval of its mean over the seeds; null if no VM of a seed does anything. */
export function estimateSlowdown(seeds: readonly RelativeResults[], percentile: number): SlowdownEstimate | null {
  const values = seeds.map((relative) => slowdownPercentile(relative, percentile)).filter((value) => value !== null);
  if (values.length < seeds.length || values.length === 0) return null;
  const finite = values.filter(Number.isFinite);
  const { mean, low, high } = summarize(finite, "slowdowns");
  if (finite.length === values.length) return { values, mean: mean!, low: low ?? mean!, high: high ?? mean! };
  // A seed that lost VMs makes the mean unbounded; what is left may still be low enough for the lower bound.
  return { values, mean: Infinity, low: low ?? mean ?? Infinity, high: Infinity };
}
