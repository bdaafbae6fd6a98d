import { afterAll, beforeAll, expect, test } from "vitest";
import { createPool, type Pool } from "../database/index.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { SyntheticHistory } from "../testing/synthetic-history.ts";
import { createRunRow, DigestChain, fillNextRun, logDamages, prepareCommit, readEvents, readHead, readTexts, RunWriter } from "./index.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.connectionString);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const COLUMNS = [
  ["commits", "planes_checksum"],
  ["commits", "checksum"],
  ["run_segments", "checksum"],
  ["runs", "head_checksum"],
] as const;

/** A run as a version before checksums leaves it behind its migration. */
async function storeEarlier(commits: number): Promise<number> {
  const run = await createRunRow(pool, { status: "completed" });
  const writer = new RunWriter(pool, run, { owner: null, epoch: 0 });
  const [history, chain] = [new SyntheticHistory({ seed: run, framePages: 300, vms: 2 }), new DigestChain()];
  for (let i = 0; i < commits; i++) await writer.append(prepareCommit(history.next(5_000), chain));
  writer.close();
  for (const [table, column] of COLUMNS)
    await pool.query(`update ${table} set ${column} = null where ${table === "runs" ? "id" : "run_id"} = $1`, [run]);
  await pool.query("insert into unchecked_owners select 'run', id, head_position from runs where id = $1", [run]);
  return run;
}

async function countMissing(run: number): Promise<number> {
  let missing = 0;
  for (const [table, column] of COLUMNS) {
    const { rows } = await pool.query<{ n: number }>(
      `select count(*) as n from ${table} where ${column} is null and ${table === "runs" ? "id" : "run_id"} = $1`,
      [run],
    );
    missing += rows[0]!.n;
  }
  return missing;
}

async function damagesOf(run: number): Promise<string[]> {
  const found: string[] = [];
  for await (const { part, positions, what } of logDamages(pool, run)) found.push(`${part} ${positions?.first}-${positions?.last} ${what}`);
  return found;
}

async function eventsOf(run: number): Promise<number> {
  let events = 0;
  for await (const batch of readEvents(pool, run)) events += batch.length;
  return events;
}

test("a run of an earlier version is read without checksums, given them, and then held to them", async () => {
  const run = await storeEarlier(5);
  const { position } = await readHead(pool, run);
  expect([await eventsOf(run), await damagesOf(run)]).toEqual([position, []]);
  const texts = await readTexts(pool, run);
  expect(await fillNextRun(pool)).toBe(true);
  expect(await fillNextRun(pool)).toBe(false);
  expect([await countMissing(run), await eventsOf(run), await damagesOf(run), await readTexts(pool, run)]).toEqual([
    0,
    position,
    [],
    texts,
  ]);
  await pool.query("update commits set checksum = null where run_id = $1 and first_position = 1", [run]);
  await expect(eventsOf(run)).rejects.toMatchObject({ code: "HISTORY_DAMAGED" });
});

test("a commit of an earlier version that does not give its digest gets no checksum; the others do", async () => {
  const run = await storeEarlier(6);
  const { rows } = await pool.query<{ first: number; last: number }>(
    "select first_position as first, last_position as last from commits where run_id = $1 order by 1 offset 2 limit 1",
    [run],
  );
  const { first, last } = rows[0]!;
  await pool.query("update commits set a_0 = set_byte(a_0, 7, get_byte(a_0, 7) # 1) where run_id = $1 and first_position = $2", [
    run,
    first,
  ]);
  await fillNextRun(pool);
  expect(await countMissing(run)).toBe(2);
  expect(await damagesOf(run)).toEqual([`commit ${first}-${last} does not match its checksum`]);
});
