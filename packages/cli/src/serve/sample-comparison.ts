import type { Application } from "@ballast/server/application";
import type { Comparison } from "@ballast/server/runs";
import type { Cli } from "../cli.ts";
import { followComparison } from "../follow-comparison.ts";

const SAMPLE_SCENARIO = "sample";
const SAMPLE_POLICIES = ["idle-steal", "esx", "ballooning", "random-steal", "no-reclaim"] as const;
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
): Promise<{ readonly comparison: Comparison; readonly isNew: boolean } | undefined> {
  const { runs } = application;
  const kept = await runs.findComparisonOfKey(SAMPLE_KEY);
  if (kept !== undefined && kept.status !== "running") return { comparison: kept, isNew: false };
  const isEmpty = (await runs.listRuns({ first: 1 })).items.length === 0;
  if (kept === undefined && !isEmpty) return undefined;
  const scenario = await application.scenarios.getScenario(SAMPLE_SCENARIO);
  const policies = SAMPLE_POLICIES.map((name) => ({ name }));
  const begun = kept ?? (await runs.comparePolicies({ scenario, policies, idempotencyKey: SAMPLE_KEY }));
  await followComparison(cli, application, begun, scenario);
  return { comparison: await runs.getComparison(begun.id), isNew: true };
}
