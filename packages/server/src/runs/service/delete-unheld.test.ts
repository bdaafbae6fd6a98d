import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestBench, openTestBench } from "../test-bench.fixture.ts";
import { thrashingScenario } from "../scenarios.fixture.ts";

let testBench: TestBench;

/** No executor, and a database that takes no command: who asks an executor fails. */
beforeAll(async () => {
  testBench = await openTestBench();
  await testBench.pool.query(`
    create function refuse_command() returns trigger language plpgsql as $$ begin raise exception 'a command was posted'; end $$;
    create trigger refuse_command before insert on run_commands for each row execute function refuse_command()`);
});
afterAll(async () => await testBench.close());

test.each([
  ["queued", "status = 'queued'"],
  ["paused and held by no executor", "status = 'paused'"],
  ["left by an executor that died", "status = 'running', lease_owner = 'dead', lease_until = now() - interval '1 second'"],
])("a run that is %s is deleted without a command; oracle: the table of commands refuses one", async (_, state) => {
  const { runs, pool } = testBench;
  const { id, logId } = await runs.startRun({ scenario: thrashingScenario(10) });
  await pool.query(`update runs set ${state} where id = $1`, [logId]);
  await runs.deleteRun(id);
  await expect(runs.getRun(id)).rejects.toMatchObject({ code: "RUN_NOT_FOUND" });
  expect((await pool.query("select 1 from run_jobs where run_id = $1", [logId])).rowCount).toBe(0);
});

test("a run that an executor holds is not taken from it unasked; oracle: the same table", async () => {
  const { runs, pool } = testBench;
  const { id, logId } = await runs.startRun({ scenario: thrashingScenario(10) });
  await pool.query("update runs set status = 'running', lease_owner = 'alive', lease_until = now() + interval '1 hour' where id = $1", [
    logId,
  ]);
  await expect(runs.deleteRun(id)).rejects.toThrow("a command was posted");
  expect((await runs.getRun(id)).status).toBe("running");
});
