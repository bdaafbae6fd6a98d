import type { Application } from "@ballast/server/application";
import type { Experiment } from "@ballast/server/experiments";
import type { Cli } from "../cli.ts";
import { followExperiment } from "../follow-experiment.ts";

const SAMPLE_SCENARIO = "sample";
const SAMPLE_POLICIES = ["idle-steal", "esx", "ballooning", "random-steal", "no-reclaim"] as const;
/** Fewer than a comparison has by default, because the first start waits for it; enough for the differences of this sample. */
const SAMPLE_SEEDS = 3;
/**
 * Marks the comparison that a first start makes; two servers that start on one empty database at the same time make one.
 */
const SAMPLE_KEY = "sample-comparison";

/**
 * The comparison that a new user sees first. On a database without any run it is made; one that an earlier start left
 * unfinished is continued; undefined where people have made runs of their own, or have deleted it. Comparisons of the
 * sample that people made are others.
 */
export async function showableComparison(
  cli: Cli,
  application: Application,
): Promise<{ readonly comparison: Experiment; readonly isNew: boolean } | undefined> {
  const { runs, experiments } = application;
  const kept = await experiments.findExperimentOfKey(SAMPLE_KEY);
  if (kept !== undefined && kept.status !== "running") return { comparison: kept, isNew: false };
  const isEmpty = (await runs.listRuns({ first: 1 })).items.length === 0;
  if (kept === undefined && !isEmpty) return undefined;
  const scenario = await application.scenarios.getScenario(SAMPLE_SCENARIO);
  const variants = SAMPLE_POLICIES.map((policy) => ({ policy }));
  const begun = kept ?? (await experiments.startExperiment({ scenario, variants, seeds: SAMPLE_SEEDS, idempotencyKey: SAMPLE_KEY }));
  await followExperiment(cli, application, { experiment: begun, scenario });
  return { comparison: await experiments.getExperiment(begun.id), isNew: true };
}
