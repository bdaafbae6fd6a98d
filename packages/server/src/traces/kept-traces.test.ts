import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createPool, inTransaction, type Pool } from "../database/index.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import {
  deleteTrace,
  getTrace,
  importTrace,
  keepTracesForFork,
  keepTracesForRun,
  listTraces,
  loadTrace,
  loadTraceByDigest,
  runsNeedingTrace,
  tracesOfRun,
} from "./index.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.connectionString, { max: 4 });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

beforeEach(async () => {
  await pool.query("delete from traces");
  await pool.query("delete from runs");
});

async function importText(name: string, text: string): Promise<string> {
  const bytes = (async function* () {
    yield Buffer.from(text);
  })();
  return (await importTrace({ pool, source: { file: `${name}.pages`, bytes }, name })).trace.digest;
}

async function addRun(): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    "insert into runs (root_run_id, status, catalogue_version, head_digest) values (0, 'queued', 1, '') returning id",
  );
  return rows[0]?.id ?? 0;
}

const keep = (run: number, names: readonly string[]): Promise<unknown> =>
  inTransaction(pool, (client) => keepTracesForRun(client, run, names));

describe("a run's traces", () => {
  test("are kept by content, once for each name", async () => {
    const [a, b] = [await importText("a", "1\n"), await importText("b", "1\n2\n")];
    const run = await addRun();
    expect(await keep(run, ["b", "a", "b"])).toEqual([
      { name: "a", digest: a },
      { name: "b", digest: b },
    ]);
    expect(await keep(run, ["a"])).toEqual([]);
    expect(await tracesOfRun(pool, run)).toEqual([
      { name: "a", digest: a },
      { name: "b", digest: b },
    ]);
  });

  test("keep their meaning, for the run and its forks, when the name gets other content", async () => {
    const digest = await importText("a", "1\n");
    const [run, fork] = [await addRun(), await addRun()];
    await keep(run, ["a"]);
    await deleteTrace(pool, "a", { force: true });
    await importText("a", "1\n2\n");
    await importText("same-as-before", "1\n");
    await keep(run, ["a"]);
    await inTransaction(pool, (client) => keepTracesForFork(client, fork, run));
    for (const id of [run, fork]) expect(await tracesOfRun(pool, id)).toEqual([{ name: "a", digest }]);
    expect(await loadTraceByDigest(pool, digest)).toMatchObject({ name: "same-as-before", referenceCount: 1 });
  });

  test("must exist, and nothing is kept if one does not", async () => {
    await importText("a", "1\n");
    const run = await addRun();
    await expect(keep(run, ["a", "nowhere"])).rejects.toMatchObject({
      code: "TRACE_NOT_FOUND",
      message: 'There is no trace named "nowhere". There are: a.',
    });
    expect(await tracesOfRun(pool, run)).toEqual([]);
  });
});

describe("deleting a trace", () => {
  test("takes its name, its blocks and its pages away", async () => {
    const digest = await importText("a", "1\n");
    await deleteTrace(pool, "a");
    expect(await listTraces(pool)).toEqual([]);
    for (const table of ["trace_blocks", "trace_pages"]) {
      expect((await pool.query(`select from ${table}`)).rowCount, table).toBe(0);
    }
    const missing = { code: "TRACE_NOT_FOUND" };
    await expect(getTrace(pool, "a")).rejects.toMatchObject(missing);
    await expect(loadTrace(pool, "a")).rejects.toMatchObject(missing);
    await expect(loadTraceByDigest(pool, digest)).rejects.toMatchObject(missing);
    await expect(deleteTrace(pool, "a")).rejects.toMatchObject(missing);
  });

  test("is refused while runs replay it, with the runs, unless it is forced", async () => {
    await importText("a", "1\n");
    const [first, second] = [await addRun(), await addRun()];
    for (const run of [second, first]) await keep(run, ["a"]);
    await expect(deleteTrace(pool, "a")).rejects.toMatchObject({
      code: "TRACE_IN_USE",
      message: expect.stringContaining(`replayed by 2 runs (${first}, ${second})`),
    });
    expect(await listTraces(pool)).toHaveLength(1);
    await deleteTrace(pool, "a", { force: true });
    expect(await listTraces(pool)).toEqual([]);
  });

  test("is free again once those runs are deleted", async () => {
    await importText("a", "1\n");
    const run = await addRun();
    await keep(run, ["a"]);
    await pool.query("delete from runs where id = $1", [run]);
    expect(await runsNeedingTrace(pool, "a")).toEqual([]);
    await deleteTrace(pool, "a");
  });

  test("is fine while another trace has the same content, and refused for the last one", async () => {
    const digest = await importText("a", "1\n");
    expect(await importText("twin", "1\n")).toBe(digest);
    const run = await addRun();
    await keep(run, ["a"]);
    await deleteTrace(pool, "a");
    await expect(deleteTrace(pool, "twin")).rejects.toMatchObject({ code: "TRACE_IN_USE" });
    expect((await loadTraceByDigest(pool, digest)).name).toBe("twin");
  });

  test("waits for a run that is about to keep the trace, and then is refused", async () => {
    await importText("a", "1\n");
    const run = await addRun();
    let deletion: Promise<unknown> = Promise.resolve();
    await inTransaction(pool, async (client) => {
      await keepTracesForRun(client, run, ["a"]);
      deletion = deleteTrace(pool, "a").catch((error: unknown) => error);
      // The deletion is at the row's lock, which this transaction holds, when Postgres says that somebody waits.
      const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
      await expect.poll(async () => (await pool.query(waiting)).rowCount, { timeout: 20_000 }).toBeGreaterThan(0);
    });
    expect(await deletion).toMatchObject({ code: "TRACE_IN_USE" });
  });
});
