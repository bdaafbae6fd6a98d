import type { Pool } from "pg";
import { query } from "../../database/query.ts";
import { FAILED_QUEUE, QUEUE_SCHEMA, RUNS_QUEUE } from "../../database/queue-schema.ts";
import { listWorkers, type SeenWorker } from "./workers.ts";

/** What is to be done, and who does it. */
export type QueueCounts = {
  /** Runs that wait for an executor, those among them that are tried again later. */
  readonly queued: number;
  /** Runs that an executor has. */
  readonly running: number;
  /** Runs that failed by what is around them, and can be tried again. */
  readonly failed: number;
  /** Runs that came to their end in the last minute and in the last hour. */
  readonly throughput: { readonly lastMinute: number; readonly lastHour: number };
};

export type QueueStatus = QueueCounts & { readonly workers: readonly SeenWorker[] };

const COUNTS = `
select count(*) filter (where name = '${RUNS_QUEUE}' and state < 'active')::int as queued,
  count(*) filter (where name = '${RUNS_QUEUE}' and state = 'active')::int as running,
  count(*) filter (where name = '${FAILED_QUEUE}')::int as failed,
  (select count(*) from run_jobs where finished_at > now() - interval '1 minute')::int as "lastMinute",
  (select count(*) from run_jobs where finished_at > now() - interval '1 hour')::int as "lastHour"
from ${QUEUE_SCHEMA}.job`;

export async function readQueueStatus(pool: Pool): Promise<QueueStatus> {
  type Row = Omit<QueueCounts, "throughput"> & QueueCounts["throughput"];
  const [[row], workers] = await Promise.all([query<Row>(pool, COUNTS, []), listWorkers(pool)]);
  if (row === undefined) throw new Error("a count has no row");
  const { queued, running, failed, lastMinute, lastHour } = row;
  return { queued, running, failed, throughput: { lastMinute, lastHour }, workers };
}
