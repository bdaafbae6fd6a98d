import { sqlIntegers } from "../database/copy-binary.ts";
import type { BackedUpTable } from "./backed-up-tables.ts";

/** Internal ids of the runs that a backup takes, ancestors of forks included; or all that there are. */
export type ChosenRuns = readonly number[] | "all";

/** Which rows of a table belong to the chosen runs, as SQL without parameters: COPY takes none. */
export function scopeCondition({ scope }: BackedUpTable, runs: ChosenRuns): string {
  const ofTraces = runs === "all" ? "true" : neededTraces(runs);
  switch (scope) {
    case "runs":
      return `id in (${runIds(runs)})`;
    case "ofRuns":
      return `run_id in (${runIds(runs)})`;
    case "comparisons":
      return runs === "all" ? "true" : `id in (${comparisonsOf(runs)})`;
    case "keys":
      return runs === "all"
        ? "true"
        : `result_id in (select public_id from run_jobs where run_id in (${runIds(runs)}) union ${comparisonsOf(runs)})`;
    case "traces":
      return ofTraces;
    case "unchecked":
      return `(kind = 'run' and id in (${runIds(runs)}) or kind = 'trace' and id in (select id from traces where ${ofTraces}))`;
    case "ofTraces":
      return `trace_id in (select id from traces where ${ofTraces})`;
  }
}

/** A run without a job is known by no id outside of its database; nothing but tests makes one. */
function runIds(runs: ChosenRuns): string {
  return runs === "all" ? "select run_id from run_jobs" : `select unnest('{${sqlIntegers(runs)}}'::bigint[])`;
}

function comparisonsOf(runs: ChosenRuns): string {
  return `select comparison_id from run_jobs where comparison_id is not null and run_id in (${runIds(runs)})`;
}

/** Runs know their traces by content: of several traces with the same, one is enough. */
function neededTraces(runs: ChosenRuns): string {
  const digests = `select digest from run_traces where run_id in (${runIds(runs)})`;
  return `id in (select min(id) from traces where digest in (${digests}) group by digest)`;
}
