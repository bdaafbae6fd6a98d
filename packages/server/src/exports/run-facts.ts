import { packageVersion } from "../application/package-version.ts";
import type { Run } from "../runs/index.ts";

/** What a file of a run says about itself. All of it is text; parameters are JSON. */
export function runFacts(run: Run, table: string): Readonly<Record<string, string>> {
  return {
    ...fileFacts(table),
    "ballast.run": run.id,
    "ballast.scenario": run.scenarioName,
    "ballast.policy": run.policyName,
    "ballast.policyVersion": run.policyVersion,
    "ballast.parameters": JSON.stringify(run.parameters),
    "ballast.seed": String(run.seed),
    "ballast.status": run.status,
    "ballast.headPosition": String(run.headPosition),
    "ballast.digest": run.digest,
    "ballast.catalogueVersion": String(run.catalogueVersion),
  };
}

/** Of a file that is not of one run alone. */
export function fileFacts(table: string): Readonly<Record<string, string>> {
  return { "ballast.version": packageVersion(), "ballast.table": table };
}
