import { randomUUID } from "node:crypto";
import type { Scenario } from "@ballast/core/scenario";
import type { Pool } from "pg";
import { inTransaction } from "../database/index.ts";
import { RUN_RESULT } from "../event-store/index.ts";
import type { RunStatus } from "./run.ts";
import { insertRunRows } from "./store/new-run.ts";

/** What lists show of a run, to be stored without an execution. */
export type ListedRun = {
  readonly scenario: string;
  readonly policy: string;
  readonly seed: number;
  readonly status: RunStatus;
  readonly label: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly accesses: number;
  /** null: it has no results. */
  readonly results: { readonly workNs: number | null; readonly faults: number | null } | null;
};

/** Returns its id and its number in the log. */
export async function storeListedRun(pool: Pool, listed: ListedRun): Promise<{ readonly id: string; readonly logId: number }> {
  const id = randomUUID();
  const { scenario: name, policy: policyName, seed, results } = listed;
  const scenario = { name, seed, vms: [], script: [], mapping: "twoLevel" } as unknown as Scenario;
  const figures = results === null ? null : JSON.stringify({ vms: [], vmsStopped: 0, ...results });
  const logId = await inTransaction(pool, async (client) => {
    const queued = { isPaused: false, keeps: "events" as const, label: listed.label, memoryBytes: 0, experiment: null };
    await insertRunRows(pool, client, { id, scenario, policyName, policyVersion: "1.0.0", parameters: {}, ...queued });
    const { rows } = await client.query<{ run: number }>(
      "update run_jobs set accesses = $2, finished_at = $3, figures = $4 where public_id = $1 returning run_id as run",
      [id, listed.accesses, listed.finishedAt, figures],
    );
    const run = rows[0]!.run;
    const checksum = figures === null ? null : RUN_RESULT.checksum([run, figures, null, null]);
    await client.query("update run_jobs set figures_checksum = $2 where run_id = $1", [run, checksum]);
    await client.query("update runs set status = $2, created_at = $3 where id = $1", [run, listed.status, listed.createdAt]);
    return run;
  });
  return { id, logId };
}
