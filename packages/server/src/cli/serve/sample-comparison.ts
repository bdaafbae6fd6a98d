import type { Application } from "../../application/index.ts";
import type { Comparison } from "../../runs/index.ts";
import type { Cli } from "../cli.ts";
import { followComparison } from "../follow-comparison.ts";

const SAMPLE_SCENARIO = "sample";
const SAMPLE_POLICIES = ["ballooning", "idle-steal", "random-steal", "no-reclaim"] as const;
/** Two servers that start on one empty database at the same time make one comparison, not two. */
const SAMPLE_KEY = "sample-comparison";

/**
 * The comparison that a new user sees first. On a database without any run it is made; one that an earlier start left
 * unfinished goes on; undefined where people have made runs of their own and removed the sample.
 */
export async function showableComparison(
  cli: Cli,
  application: Application,
): Promise<{ readonly comparison: Comparison; readonly isNew: boolean } | undefined> {
  const kept = await findSample(application);
  if (kept !== undefined && kept.status !== "running") return { comparison: kept, isNew: false };
  const isEmpty = (await application.runs.listRuns({ first: 1 })).items.length === 0;
  if (kept === undefined && !isEmpty) return undefined;
  const scenario = await application.scenarios.getScenario(SAMPLE_SCENARIO);
  const policies = SAMPLE_POLICIES.map((name) => ({ name }));
  const begun = kept ?? (await application.runs.comparePolicies({ scenario, policies, idempotencyKey: SAMPLE_KEY }));
  await followComparison(cli, application, begun, scenario);
  return { comparison: await application.runs.getComparison(begun.id), isNew: true };
}

async function findSample({ runs }: Application): Promise<Comparison | undefined> {
  const newest = await runs.listComparisons({ first: 100 });
  return newest.items.find(({ scenarioName }) => scenarioName === SAMPLE_SCENARIO);
}
