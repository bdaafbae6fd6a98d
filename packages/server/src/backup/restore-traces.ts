import type { PoolClient } from "../database/index.ts";
import { TRACE } from "../traces/index.ts";
import { STAGING } from "./staging.ts";

/** A trace whose name is taken here by one with other content. */
export type RenamedTrace = { readonly name: string; readonly newName: string };

const DIGEST_LETTERS = 8;

/**
 * Names the traces that are to be added, in the table `added_traces`. Runs know theirs by content: one that is here under any
 * name needs no second copy, unless the backup's name is free and all is restored. One whose name is taken by other content
 * gets the first letters of its digest behind the name.
 */
export async function chooseAddedTraces(client: PoolClient, schema: string, onlyNeeded: boolean): Promise<RenamedTrace[]> {
  // An import of the same name waits until the restore is done.
  await client.query(`lock table ${schema}.traces in share row exclusive mode`);
  const isNeeded = onlyNeeded
    ? `t.digest in (select digest from ${STAGING}.run_traces where run_id in (select id from ${STAGING}.added_runs))`
    : "true";
  const isHere = `exists (select from ${schema}.traces there where there.digest = t.digest
    and ($1 or there.name = t.name or exists (select from ${schema}.traces taken where taken.name = t.name)))`;
  await client.query(`create unlogged table ${STAGING}.added_traces (id bigint primary key, old_name text not null, name text not null)`);
  await client.query(
    `insert into ${STAGING}.added_traces
     select t.id, t.name, free.name from ${STAGING}.traces t
     cross join lateral (
       select name from (values (t.name, 1), (t.name || '-' || left(t.digest, ${DIGEST_LETTERS}), 2), (t.name || '-' || t.digest, 3)) as candidate (name, place)
       where not exists (select from ${schema}.traces there where there.name = candidate.name) order by place limit 1) free
     where ${isNeeded} and not ${isHere}`,
    [onlyNeeded],
  );
  const { rows } = await client.query<RenamedTrace>(
    `update ${STAGING}.traces t set name = a.name from ${STAGING}.added_traces a
     where a.id = t.id and a.name <> t.name returning a.old_name as name, a.name as "newName"`,
  );
  for (const { newName } of rows) await renewChecksum(client, newName);
  return rows;
}

/** The name is part of what the checksum covers. One that was missing stays so. */
async function renewChecksum(client: PoolClient, name: string): Promise<void> {
  const { rows } = await client.query<Record<string, unknown>>(
    `select ${TRACE.names.join(", ")} from ${STAGING}.traces where name = $1 and checksum is not null`,
    [name],
  );
  for (const row of rows) {
    const checksum = TRACE.checksum(TRACE.names.map((column) => row[column]));
    await client.query(`update ${STAGING}.traces set checksum = $2 where name = $1`, [name, checksum]);
  }
}
