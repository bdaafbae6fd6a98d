import { METRICS } from "@ballast/core/metrics";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPool, type Pool } from "../database/index.ts";
import { RunTexts } from "../history/index.ts";
import { damageRows, rowDamages } from "../testing/damage-row.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { storeHistory } from "../testing/store-history.ts";
import { SyntheticHistory } from "../testing/synthetic-history.ts";
import { projectRun, READ_MODELS, readDecisions, readSeries, readSummary } from "./index.ts";
import { READ_MODEL_TABLES } from "./read-model-parts.ts";
import { caseCount, isLongRun } from "@ballast/core/testing/case-count";

const CASES = caseCount(12, 2_000);
const TABLES = [...READ_MODEL_TABLES, "projection_states"];

let database: TestDatabase;
let pool: Pool;
let run: number;
let expected: readonly string[];

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.connectionString);
  run = await storeHistory(pool, new SyntheticHistory({ seed: 31, framePages: 300, vms: 2 }), {
    untilPosition: 12_000,
    eventsPerCommit: 1_000,
  });
  const other = await storeHistory(pool, new SyntheticHistory({ seed: 32, framePages: 300, vms: 2 }), {
    untilPosition: 12_000,
    eventsPerCommit: 1_000,
  });
  for (const each of [run, other]) await projectRun(pool, new RunTexts(pool), each);
  expected = await answers();
  if (expected.some((answer) => answer.length < 40)) throw new Error("the histories are too short to have something of everything");
}, 60_000);
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const READS: readonly (() => Promise<unknown>)[] = [
  async () => await readSummary(pool, run),
  ...METRICS.host.slice(0, 2).map((metric) => async () => await readSeries(pool, run, { metric, vm: 0 })),
  ...METRICS.vm.slice(0, 2).map((metric) => async () => await readSeries(pool, run, { metric, vm: 2, points: 20 })),
  async () => await readSeries(pool, run, { metric: "residentPages", vm: 1 }),
  async () => await readDecisions(pool, run, { first: 100_000 }),
  async () => await readDecisions(pool, run, { first: 2, after: 1 }),
  async () => await readDecisions(pool, run, { vm: 2, first: 1_000 }),
];

async function answers(): Promise<string[]> {
  return await Promise.all(READS.map(async (read) => JSON.stringify(await read())));
}

async function damages(): Promise<string[]> {
  const found: string[] = [];
  for await (const { what } of READ_MODELS.damages(pool, run)) found.push(what);
  return found;
}

test("damaged read models are found, and answers are those of undamaged ones, asked for together; oracle: the answers before", async () => {
  const done = new Set<string>();
  await fc.assert(
    fc.asyncProperty(rowDamages(TABLES), async (damage) => {
      const what = await damageRows(pool, damage, `root_run_id = ${run} and run_id = ${run}`);
      fc.pre(what !== undefined);
      expect(await damages(), what).not.toEqual([]);
      expect(await answers(), what).toEqual(expected);
      done.add(what.split(" ").at(-1) ?? "");
    }),
    { numRuns: CASES },
  );
  // What a few draws meet is a matter of luck.
  expect(done.size).toBeGreaterThan(isLongRun ? 10 : 0);
}, 600_000);

test("one reader makes them again, and the others wait for it; oracle: the transaction that wrote each row", async () => {
  await projectRun(pool, new RunTexts(pool), run);
  await pool.query("update series_points set figures = '{1}' where run_id = $1", [run]);
  const all = await Promise.all(Array.from({ length: 8 }, answers));
  expect(new Set(all.map((each) => JSON.stringify(each)))).toEqual(new Set([JSON.stringify(expected)]));
  const { rows } = await pool.query<{ writers: number }>(
    "select count(distinct xmin::text) as writers from series_points where root_run_id = $1 and run_id = $1",
    [run],
  );
  expect(rows[0]?.writers).toBe(1);
});

test("are refused with the run and its positions where the events are damaged as well; oracle: the commit that is gone", async () => {
  const broken = await storeHistory(pool, new SyntheticHistory({ seed: 33, framePages: 300, vms: 2 }), {
    untilPosition: 3_000,
    eventsPerCommit: 1_000,
  });
  await projectRun(pool, new RunTexts(pool), broken);
  const { rows } = await pool.query<{ first: number; last: number }>(
    "delete from commits where run_id = $1 and first_position = 1 returning first_position as first, last_position as last",
    [broken],
  );
  await pool.query("update run_summaries set summary = '{}' where run_id = $1", [broken]);
  await expect(readSummary(pool, broken)).rejects.toMatchObject({ code: "HISTORY_DAMAGED" });
  await expect(readSummary(pool, broken)).rejects.toThrow(
    `Run ${broken} is damaged: a commit (positions ${rows[0]!.first}-${rows[0]!.last}) is missing`,
  );
});
