import type { ParameterValues } from "@ballast/core/policy";
import { listTraces, type Scenario } from "@ballast/core/scenario";
import type { Pool, PoolClient } from "pg";
import { createRunRow } from "../../event-store/index.ts";
import { keepTracesForRun } from "../../traces/index.ts";
import { announce } from "../signals/channel.ts";
import { postCommand } from "./inbox.ts";

/** A run that is about to be queued: everything in it was checked. */
export type NewRun = {
  /** A UUID. */
  readonly id: string;
  readonly scenario: Scenario;
  readonly policyName: string;
  readonly policyVersion: string;
  readonly parameters: ParameterValues;
  readonly isPaused: boolean;
  /** The most that it takes. */
  readonly memoryBytes: number;
  readonly comparison: { readonly id: string; readonly place: number } | null;
};

/** Queues a run in the caller's transaction. */
export async function insertRun(pool: Pool, client: PoolClient, run: NewRun): Promise<void> {
  const number = await createRunRow(pool, { status: "queued" }, client);
  await client.query(
    `insert into run_jobs (run_id, public_id, scenario_name, scenario, policy_name, policy_version, parameters, seed,
       comparison_id, comparison_place, memory_bytes)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      number,
      run.id,
      run.scenario.name,
      JSON.stringify(run.scenario),
      run.policyName,
      run.policyVersion,
      JSON.stringify(run.parameters),
      run.scenario.seed,
      run.comparison?.id ?? null,
      run.comparison?.place ?? null,
      run.memoryBytes,
    ],
  );
  await keepTracesForRun(client, number, listTraces(run.scenario));
  if (run.isPaused) await postCommand(client, number, { kind: "pause" });
  await client.query(`select ${announce("queued", "$1::bigint")}`, [number]);
}
