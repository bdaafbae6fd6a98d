import type { ExperimentAnalysis } from "@ballast/server/experiment-analysis";

const REFERENCES =
  "Uncommitted: the same VMs on a host with memory for all of them, the base of slowdowns; bound: a policy that knows the future.";

/** What a reader of the table has to know: what its marks mean, and the legends of its columns. */
export function howToRead({ baseline, metrics }: ExperimentAnalysis, isOneSeed: boolean): string {
  const marks = isOneSeed
    ? "One seed: no verdict, and no mark."
    : `Means over the seeds, ± half of the 95 % interval. A * marks what is better than ${baseline} beyond chance, and on ${baseline} what is better ` +
      "than all others (docs/comparisons.md).";
  const legends = metrics.flatMap(({ title, legend }) =>
    legend === null ? [] : [`${title.charAt(0).toUpperCase()}${title.slice(1)}: ${legend}.`],
  );
  const roles = metrics[0]?.references.length ? [REFERENCES] : [];
  return [marks, ...roles, ...legends].join(" ");
}
