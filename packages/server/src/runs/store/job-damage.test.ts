import { BallastError } from "@ballast/core/errors";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runsOf } from "../../experiments/index.ts";
import { fillRunChecksums } from "../../event-store/index.ts";
import { damageRows, rowDamages } from "../../testing/damage-row.ts";
import { UNCHECKED_COLUMNS } from "../../testing/unchecked-columns.ts";
import { type TestBench, openTestBench } from "../test-bench.fixture.ts";
import { thrashingScenario } from "../scenarios.fixture.ts";
import { checkRun } from "../verification/check-run.ts";
import { caseCount, isLongRun } from "@ballast/core/testing/case-count";

const CASES = caseCount(30, 2_000);

let testBench: TestBench;
let comparison: string;
let runs: readonly { readonly id: string; readonly logId: number }[];

beforeAll(async () => {
  testBench = await openTestBench(["throwing"]);
  testBench.startExecutor();
  const begun = await testBench.experiments.startExperiment({
    scenario: thrashingScenario(300),
    variants: [{ policy: "ballooning" }, { policy: "host-swap" }],
    seeds: 1,
    uncommitted: false,
  });
  comparison = begun.id;
  runs = runsOf(begun);
  for (const { id } of runs) await testBench.ended(id);
  for (const table of ["comparisons", "run_jobs"]) await testBench.pool.query(`create table saved_${table} as select * from ${table}`);
}, 120_000);
afterAll(async () => await testBench.close());

const READS: readonly (() => Promise<unknown>)[] = [
  async () => await Promise.all(runs.map(async ({ id }) => await testBench.runs.getRun(id))),
  async () => await Promise.all(runs.map(async ({ id }) => await testBench.runs.getScenario(id))),
  async () => await Promise.all(runs.map(async ({ id }) => await testBench.runs.getMetrics(id))),
  async () => await testBench.runs.listRuns({ first: 10 }),
  async () => await testBench.experiments.getExperiment(comparison),
  async () => await testBench.experiments.listExperiments({ first: 10 }),
];

async function answerOf(read: () => Promise<unknown>): Promise<string> {
  try {
    return JSON.stringify(await read());
  } catch (error) {
    return error instanceof BallastError ? `${error.code} ${error.message}` : `thrown: ${String(error)}`;
  }
}

/** Puts back what was saved, whatever happened to it. */
async function putBack(): Promise<void> {
  const { pool } = testBench;
  const { rows } = await pool.query<{ table: string; columns: string }>(
    `select table_name as table, string_agg(column_name, ', ') as columns from information_schema.columns
     where table_name in ('comparisons', 'run_jobs') and table_schema = 'public' group by 1 order by 1`,
  );
  await pool.query("delete from run_jobs");
  await pool.query("delete from comparisons");
  for (const { table, columns } of rows)
    await pool.query(
      `insert into ${table} (${columns})${table === "comparisons" ? " overriding system value" : ""} select ${columns} from saved_${table}`,
    );
}

async function damages(): Promise<string[]> {
  const found: string[] = [];
  for (const { logId } of runs) for await (const { part } of checkRun(testBench.pool, logId)) found.push(part);
  return found;
}

test("what runs and comparisons are made of is answered as written, or refused by name; oracle: the answers before", async () => {
  const expected = await Promise.all(READS.map(answerOf));
  expect(expected.filter((answer) => !answer.startsWith("{") && !answer.startsWith("["))).toEqual([]);
  expect(await damages()).toEqual([]);
  const kinds = rowDamages(["run_jobs", "comparisons"]).filter(({ kind }) => kind !== "delete" && kind !== "delete all");
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(kinds, async (damage) => {
      const what = await damageRows(
        testBench.pool,
        damage,
        damage.table === "run_jobs" ? `run_id in (${runs.map(({ logId }) => logId).join(", ")})` : "true",
      );
      const [, column = ""] = what?.split(".") ?? [];
      const isExcepted = what === undefined || UNCHECKED_COLUMNS[damage.table]?.[column] !== undefined;
      const answers = await Promise.all(READS.map(answerOf));
      const found = await damages();
      await putBack();
      if (isExcepted) return;
      for (const [index, answer] of answers.entries()) {
        if (answer === expected[index]) continue;
        // A row under another id is not found under its own.
        const isNotFound = (column === "public_id" || column === "id" || column === "run_id") && /^(RUN|EXPERIMENT)_NOT_FOUND/.test(answer);
        if (!isNotFound)
          expect(answer, what).toMatch(
            /(^|"failed","error":\{"code":")HISTORY_DAMAGED("?,"message":"| )(Run|Comparison) [0-9a-f-]{36} is damaged: /,
          );
        refused++;
      }
      expect(found, what).not.toEqual([]);
    }),
    { numRuns: CASES },
  );
  expect(refused).toBeGreaterThan(isLongRun ? CASES / 2 : 0);
}, 600_000);

test("what an earlier version stored is read without checksums until it is given them; oracle: the answers before", async () => {
  const { pool } = testBench;
  const [expected, ids] = [await Promise.all(READS.map(answerOf)), runs.map(({ logId }) => logId)];
  await pool.query("insert into unchecked_owners (kind, id, last_position) select 'run', id, head_position from runs");
  await pool.query("update run_jobs set input_checksum = null, figures_checksum = null");
  await pool.query("update comparisons set checksum = null");
  expect(await Promise.all(READS.map(answerOf))).toEqual(expected);
  for (const id of ids) await fillRunChecksums(pool, id);
  const { rows } = await pool.query(
    "select input_checksum, figures_checksum, c.checksum from run_jobs j join comparisons c on c.id = j.comparison_id order by run_id",
  );
  const saved = await pool.query(
    "select input_checksum, figures_checksum, c.checksum from saved_run_jobs j join saved_comparisons c on c.id = j.comparison_id order by run_id",
  );
  expect(rows).toEqual(saved.rows);
  expect(await Promise.all(READS.map(answerOf))).toEqual(expected);
  await pool.query("update run_jobs set figures_checksum = null");
  expect(await answerOf(READS[0]!)).toMatch(/^HISTORY_DAMAGED/);
  await putBack();
});

test("a run whose input is damaged is neither verified nor shown, and can be deleted", async () => {
  const { pool } = testBench;
  const [run] = runs;
  await pool.query("update run_jobs set seed = seed + 1 where run_id = $1", [run!.logId]);
  const damaged = { code: "HISTORY_DAMAGED", message: expect.stringContaining(`ballast delete run ${run!.id}`) as string };
  await expect(testBench.runs.verifyRun(run!.id)).rejects.toMatchObject(damaged);
  await expect(testBench.runs.getRun(run!.id)).rejects.toMatchObject(damaged);
  await pool.query("update comparisons set seed = seed + 1");
  await expect(testBench.experiments.getExperiment(comparison)).rejects.toMatchObject({ code: "HISTORY_DAMAGED" });
  await testBench.experiments.deleteExperiment(comparison, { withRuns: true });
  for (const { id } of runs) await expect(testBench.runs.getRun(id)).rejects.toMatchObject({ code: "RUN_NOT_FOUND" });
});

test("a queued run whose input is damaged fails when it is taken up, with nothing in its history but that", async () => {
  const own = await openTestBench();
  try {
    const { id, logId } = await own.runs.startRun({ scenario: thrashingScenario(300) });
    await own.pool.query("update run_jobs set parameters = '{\"a\": 1}' where run_id = $1", [logId]);
    own.startExecutor();
    const read = async (): Promise<unknown> =>
      (await own.pool.query("select status, error_code as code from runs join run_jobs on run_id = id")).rows[0];
    await expect.poll(read, { timeout: 50_000 }).toEqual({ status: "failed", code: "HISTORY_DAMAGED" });
    await expect(own.runs.getRun(id)).rejects.toMatchObject({ code: "HISTORY_DAMAGED" });
  } finally {
    await own.close();
  }
}, 60_000);
