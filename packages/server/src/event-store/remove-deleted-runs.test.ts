import { afterAll, beforeAll, expect, test } from "vitest";
import { createPool, type Pool } from "../database/index.ts";
import { RunTexts } from "../history/index.ts";
import { projectRun } from "../projections/index.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { storeHistory } from "../testing/store-history.ts";
import { SyntheticHistory } from "../testing/synthetic-history.ts";
import { DeletedRunRemover, deleteRunHistory, readHead, removeDeletedRuns, saveCheckpoint, verifyStoredDigest } from "./index.ts";
import { TABLES_OF_HISTORY } from "./remove-deleted-runs.ts";

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

/** With something in every table that keeps a history. */
async function storeRun(seed: number): Promise<number> {
  const run = await storeHistory(pool, new SyntheticHistory({ seed, framePages: 300, vms: 2 }), {
    untilPosition: 20_000,
    eventsPerCommit: 250,
  });
  await projectRun(pool, new RunTexts(pool), run);
  for (const position of [100, 200]) await saveCheckpoint(pool, run, position, Buffer.alloc(5_000, seed));
  return run;
}

/** Rows of a run by table, of every table of the database that has such a column. */
async function rowsOf(run: number): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ name: string }>(
    `select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = current_schema and c.column_name = 'run_id' and t.table_type = 'BASE TABLE'`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of rows) {
    const { rowCount } = await pool.query(`select 1 from ${name} where run_id = $1`, [run]);
    if (rowCount !== 0) counts[name] = rowCount!;
  }
  return counts;
}

test("a deleted run is gone immediately, and its history by and by, whatever interrupts; oracle: every table that names runs", async () => {
  const [deleted, kept] = [await storeRun(1), await storeRun(2)];
  const [before, others] = [await rowsOf(deleted), await rowsOf(kept)];
  expect(Object.keys(before).length).toBeGreaterThanOrEqual(8);
  await deleteRunHistory(pool, deleted);
  await expect(readHead(pool, deleted)).rejects.toMatchObject({ code: "RUN_NOT_FOUND" });
  expect((await rowsOf(deleted))["commits"]).toBe(before["commits"]);

  expect(await removeDeletedRuns(pool, AbortSignal.abort())).toBe(0);
  const left = (await rowsOf(deleted))["commits"]!;
  expect(left).toBeLessThan(before["commits"]!);
  expect(left).toBeGreaterThan(0);

  // Two processes at the same time share the work, and neither waits for the other.
  const counts = await Promise.all([removeDeletedRuns(pool), removeDeletedRuns(pool)] as const);
  expect(counts[0] + counts[1]).toBe(1);
  expect(await rowsOf(deleted)).toEqual({});
  expect(await rowsOf(kept)).toEqual(others);
  expect((await verifyStoredDigest(pool, kept)).position).toBeGreaterThanOrEqual(20_000);
});

test("every table that keeps something of a run by itself is emptied; oracle: the migrated database", async () => {
  const { rows } = await pool.query<{ name: string }>(
    `select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = current_schema and c.column_name = 'root_run_id' and t.table_type = 'BASE TABLE'
       and not exists (select 1 from pg_constraint f where f.contype = 'f' and f.conrelid = c.table_name::regclass and f.confrelid = 'runs'::regclass)`,
  );
  const names = rows.map(({ name }) => name).filter((name) => name !== "runs" && name !== "deleted_runs");
  expect(new Set(names)).toEqual(new Set(TABLES_OF_HISTORY));
});

test("nothing of a run that is there is removed, whatever an entry says; oracle: the rows before", async () => {
  const run = await storeRun(5);
  const before = await rowsOf(run);
  await pool.query("insert into deleted_runs (root_run_id, run_id) values ($1, $1)", [run]);
  expect(await removeDeletedRuns(pool)).toBe(0);
  expect(await rowsOf(run)).toEqual({ ...before, deleted_runs: 1 });
  await pool.query("delete from deleted_runs");
});

test("in the background it is removed when it is told of, and what is left when it stops by the next one", async () => {
  const run = await storeRun(3);
  const errors: unknown[] = [];
  const remover = new DeletedRunRemover(pool, (error) => errors.push(error));
  remover.start();
  await deleteRunHistory(pool, run);
  remover.lookAgain();
  await expect.poll(() => rowsOf(run), { timeout: 20_000 }).toEqual({});
  await remover.stop();
  const next = await storeRun(4);
  await deleteRunHistory(pool, next);
  await remover.stop();
  expect((await rowsOf(next))["deleted_runs"]).toBe(1);
  expect(await removeDeletedRuns(pool)).toBe(1);
  expect(errors).toEqual([]);
});
