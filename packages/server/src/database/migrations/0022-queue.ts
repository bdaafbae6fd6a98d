import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import { FAILED_QUEUE, MAX_RETRIES, QUEUE_SCHEMA, RUNS_QUEUE } from "../queue-schema.ts";

const [BEGIN, COMMIT] = [/^\s*BEGIN;/, /COMMIT;\s*$/];

/**
 * The tables of the installed pg-boss. A version of it with other tables comes with a migration of its own, which takes those
 * that it finds to the newer ones: after it, a database made now and one made then are the same. They exist already where a
 * backup's tables are migrated.
 */
async function createQueueTables(database: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ schema: boolean; tables: boolean }>`select to_regnamespace(${QUEUE_SCHEMA}) is not null as schema,
    to_regclass(${`${QUEUE_SCHEMA}.version`}) is not null as tables`.execute(database);
  if (rows[0]?.tables === true) return;
  const { getConstructionPlans } = await import("pg-boss");
  const plans = getConstructionPlans(QUEUE_SCHEMA, { createSchema: rows[0]?.schema !== true });
  if (!BEGIN.test(plans) || !COMMIT.test(plans)) throw new Error("the construction plans of pg-boss are no transaction of their own");
  // The migration's transaction is around it.
  await sql.raw(plans.replace(BEGIN, "").replace(COMMIT, "")).execute(database);
  await sql.raw("reset lock_timeout; reset idle_in_transaction_session_timeout").execute(database);
  await sql
    .raw(`comment on schema ${QUEUE_SCHEMA} is 'Of pg-boss, which hands runs to executors: a job for each run that needs one.'`)
    .execute(database);
}

/** pg-boss counts the attempts of a run and delays the next one. */
const ATTEMPTS = "alter table run_jobs drop column worker_deaths, drop column retry_at;";

const QUEUES = {
  [RUNS_QUEUE]: { policy: "standard", retryLimit: MAX_RETRIES, retryDelay: 1, retryBackoff: true },
  [FAILED_QUEUE]: { policy: "standard" },
};

export const queueMigration: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await createQueueTables(database);
    for (const [name, options] of Object.entries(QUEUES)) {
      await sql.raw(`select ${QUEUE_SCHEMA}.create_queue('${name}', '${JSON.stringify(options)}')`).execute(database);
    }
    await sql.raw(ATTEMPTS).execute(database);
  },
};
