import { BallastError } from "@ballast/core/errors";
import type { PoolClient } from "../database/index.ts";
import { STAGING } from "./staging.ts";

/** A run that the backup and the database both have, by its public id. */
export type ExistingRun = {
  readonly id: string;
  /** Whether its events up to the head are the same, and the head is at the same position. */
  readonly isEqual: boolean;
  readonly position: number;
  readonly savedPosition: number;
};

const SHOWN_RUNS = 5;

/**
 * Drops the runs that were not asked for, but for those that others were forked from, and comparisons that are left without a
 * run. `ids`: whole public ids.
 */
export async function keepChosenRuns(client: PoolClient, ids: readonly string[]): Promise<void> {
  await client.query(
    `with recursive needed (id) as (
       select run_id from ${STAGING}.run_jobs where public_id = any($1::uuid[])
       union select parent_run_id from ${STAGING}.runs join needed using (id) where parent_run_id is not null)
     delete from ${STAGING}.runs where id not in (select id from needed)`,
    [ids],
  );
  await client.query(
    `delete from ${STAGING}.comparisons where id not in (
       select comparison_id from ${STAGING}.run_jobs where comparison_id is not null)`,
  );
}

/**
 * Names the runs that are to be added, in the table `added_runs`; gives those that exist.
 * @throws BallastError RUN_EXISTS with the runs that exist, unless they are to be skipped; also for a fork of one that exists.
 */
export async function chooseAddedRuns(client: PoolClient, schema: string, skipExisting: boolean): Promise<ExistingRun[]> {
  const existing = await readExisting(client, schema);
  if (existing.length > 0 && !skipExisting) throw runsExist(existing);
  await client.query(
    `create unlogged table ${STAGING}.added_runs as
     select run_id as id from ${STAGING}.run_jobs where public_id not in (select public_id from ${schema}.run_jobs)`,
  );
  await client.query(`alter table ${STAGING}.added_runs add primary key (id)`);
  await refuseForksOfExisting(client);
  return existing;
}

async function readExisting(client: PoolClient, schema: string): Promise<ExistingRun[]> {
  const { rows } = await client.query<ExistingRun>(
    `select j.public_id as id, r2.head_position = r.head_position and r2.head_digest = r.head_digest as "isEqual", r2.head_position as position, r.head_position as "savedPosition"
     from ${STAGING}.runs r join ${STAGING}.run_jobs j on j.run_id = r.id
     join ${schema}.run_jobs j2 on j2.public_id = j.public_id join ${schema}.runs r2 on r2.id = j2.run_id order by r.id`,
  );
  return rows;
}

function runsExist(existing: readonly ExistingRun[]): BallastError {
  const shown = existing.slice(0, SHOWN_RUNS).map(describeExisting).join("; ");
  const more = existing.length > SHOWN_RUNS ? `; and ${existing.length - SHOWN_RUNS} more` : "";
  const runs = existing.length === 1 ? "1 run of the backup exists" : `${existing.length} runs of the backup exist`;
  const advice = "--skip-existing leaves those that exist as they are and restores the others, --run restores only those that it names.";
  return new BallastError("RUN_EXISTS", `${runs} here already: ${shown}${more}. ${advice} Nothing was restored.`);
}

/** One run for people: whether it is the same, and what differs. */
export function describeExisting({ id, isEqual, position, savedPosition }: ExistingRun): string {
  if (isEqual) return `${id} (the same ${position} events)`;
  if (position !== savedPosition) return `${id} (${position} events here, ${savedPosition} in the backup)`;
  return `${id} (${position} events, but others)`;
}

/** A fork's past is read under the number of the run that it was forked from, and that one has another number here. */
async function refuseForksOfExisting(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ fork: string; origin: string }>(
    `select f.public_id as fork, o.public_id as origin
     from ${STAGING}.run_segments s join ${STAGING}.run_jobs f using (run_id) join ${STAGING}.run_jobs o on o.run_id = s.source_run_id
     where s.run_id in (select id from ${STAGING}.added_runs) and s.source_run_id not in (select id from ${STAGING}.added_runs) limit 1`,
  );
  if (rows[0] === undefined) return;
  const { fork, origin } = rows[0];
  throw new BallastError(
    "RUN_EXISTS",
    `Run ${fork} was forked from run ${origin}, which exists here: a fork is restored together with the runs it came from. ` +
      "Restore into another database. Nothing was restored.",
  );
}
