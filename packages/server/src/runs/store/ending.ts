import type { Pool, PoolClient } from "pg";
import { RUN_RESULT } from "../../event-store/index.ts";
import type { RunMetrics } from "../run-metrics.ts";
import type { RunError, RunStatus } from "../run.ts";
import type { MadeEvents } from "../stored-metrics.ts";
import { announce } from "../signals/channel.ts";
import type { Claim } from "./claim.ts";
import { query } from "../../database/query.ts";

export type Ending = {
  readonly status: Extract<RunStatus, "completed" | "stopped" | "failed">;
  readonly error: RunError | null;
  /** null: as far as is known already. */
  readonly accesses: number | null;
  readonly metrics: RunMetrics | null;
  /** Of a run that keeps only its figures; stored with the metrics. */
  readonly made?: MadeEvents | undefined;
};

const FINISH = `
with done as (
  update runs set status = $4, lease_owner = null, lease_until = null
  where id = $1 and lease_epoch = $2 and lease_owner = $3
  returning id
), told as (
  update run_jobs j set finished_at = now(), accesses = coalesce($5, j.accesses), figures = $6,
    error_code = $7, error_message = $8, figures_checksum = $9
  from done where j.run_id = done.id
), refused as (
  update run_commands c set finished_at = now(), error_code = 'RUN_STATE',
    error_message = 'The run came to its end (' || $4 || ') before it took this command.'
  from done where c.run_id = done.id and c.finished_at is null
)
select ${announce("changed", "id")} from done`;

/** Marks a run as final and gives the lease back. False: the lease was lost. */
export async function finishRun(pool: Pool | PoolClient, { run, lease }: Pick<Claim, "run" | "lease">, ending: Ending): Promise<boolean> {
  const { status, accesses, error, made } = ending;
  const metrics = ending.metrics === null ? null : JSON.stringify(made === undefined ? ending.metrics : { ...ending.metrics, made });
  const result = [metrics, error?.code ?? null, error?.message ?? null];
  const values = [run, lease.epoch, lease.owner, status, accesses, ...result, RUN_RESULT.checksum([run, ...result])];
  return (await query(pool, FINISH, values)).length > 0;
}
