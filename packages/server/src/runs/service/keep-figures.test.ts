import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventAt, readEvents } from "../../event-store/index.ts";
import { History } from "../../history/index.ts";
import { readSummary } from "../../projections/index.ts";
import { type TestBench, openTestBench } from "../test-bench.fixture.ts";
import type { Run } from "../run.ts";
import { rebuildRuns } from "../store/rebuild-results.ts";
import { checkRun } from "../verification/check-run.ts";
import { interactiveScenario, thrashingScenario } from "../scenarios.fixture.ts";

/** The oracle is the same scenario as a run that keeps its events. */
describe("a run that keeps only its figures", () => {
  let testBench: TestBench;
  let whole: Run;
  let figures: Run;
  const scenario = thrashingScenario(6_000);

  beforeAll(async () => {
    testBench = await openTestBench();
    const executor = testBench.startExecutor();
    whole = await testBench.ended(await testBench.runs.startRun({ scenario }));
    figures = await testBench.ended(await testBench.runs.startRun({ scenario, keep: "figures" }));
    await executor.stop();
  });
  afterAll(async () => await testBench.close());

  async function rowsOf(table: string, { logId }: Run): Promise<number> {
    const text = `select count(*)::integer as count from ${table} where run_id = $1`;
    return (await testBench.pool.query<{ count: number }>(text, [logId])).rows[0]!.count;
  }

  test("has the figures, the number of events and the digest of one that keeps them, and no event", async () => {
    const { digest, headPosition, headTimeNs, accesses, faults, workNs } = whole;
    expect(figures).toMatchObject({ status: "completed", keeps: "figures", digest, headPosition, headTimeNs, accesses, faults, workNs });
    expect(await testBench.runs.getMetrics(figures.id)).toEqual(await testBench.runs.getMetrics(whole.id));
    expect(await rowsOf("commits", whole)).toBeGreaterThan(0);
    for (const table of ["commits", "keyframes", "checkpoints", "run_summaries"]) expect(await rowsOf(table, figures), table).toBe(0);
  });

  test("says of each moment and event that is asked for how to get it", async () => {
    const { pool } = testBench;
    const { logId } = figures;
    const drain = async (): Promise<void> => {
      for await (const batch of readEvents(pool, logId)) expect(batch).toBeUndefined();
    };
    const asked: readonly (() => Promise<unknown>)[] = [
      drain,
      () => eventAt(pool, logId, 1),
      () => new History(pool).stateAt(logId, "latest"),
      () => new History(pool).stateAt(logId, { position: 1 }),
      () => new History(pool).outlineAt(logId, { timeNs: 1 }),
      () => readSummary(pool, logId),
      () => rebuildRuns(pool, logId),
    ];
    const told = { code: "EVENTS_NOT_KEPT", message: expect.stringContaining(`ballast run --again ${figures.id}`) as string };
    for (const ask of asked) await expect(ask(), ask.toString()).rejects.toMatchObject(told);
    // All runs are rebuilt without it, and its figures stay.
    expect(await rebuildRuns(pool, "all")).toEqual([whole.logId]);
    expect(await testBench.runs.getRun(figures.id)).toEqual(figures);
  });

  test("is checked and executed again, and a digest that is another one is noticed", async () => {
    const { runs, pool } = testBench;
    const damages = [];
    for await (const damage of checkRun(pool, figures.logId)) damages.push(damage);
    expect(damages).toEqual([]);
    const { digest, headPosition } = whole;
    expect(await runs.verifyRun(figures.id)).toEqual({ runId: figures.id, positions: headPosition, digest });
    const { rows } = await pool.query<{ figures: string }>("select figures::text as figures from run_jobs where run_id = $1", [
      figures.logId,
    ]);
    await pool.query("update run_jobs set figures = $2 where run_id = $1", [
      figures.logId,
      rows[0]!.figures.replace(digest, digest.replaceAll("1", "2")),
    ]);
    for await (const damage of checkRun(pool, figures.logId)) damages.push(damage.part);
    expect(damages).toEqual(["run's result (figures or error)"]);
    await pool.query("update run_jobs set figures = $2 where run_id = $1", [figures.logId, rows[0]!.figures]);
  });

  test("continues from its checkpoint when its executor stops, to the same digest", async () => {
    const { runs } = testBench;
    const long = thrashingScenario(40_000);
    const first = testBench.startExecutor({ settings: { checkpointMs: 20 } });
    const run = await runs.startRun({ scenario: long, keep: "figures" });
    const isSaved = async (): Promise<boolean> => (await rowsOf("checkpoints", run)) > 0;
    await expect.poll(isSaved, { timeout: 20_000, interval: 5 }).toBe(true);
    await first.stop();
    expect(await runs.getRun(run.id)).toMatchObject({ status: "running", headPosition: 0 });
    const second = testBench.startExecutor();
    const ended = await testBench.ended(run);
    expect(ended.status).toBe("completed");
    expect(await runs.verifyRun(run.id)).toMatchObject({ digest: ended.digest, positions: ended.headPosition });
    expect(await rowsOf("checkpoints", run)).toBe(0);
    await second.stop();
  });

  test("takes no command but stop, and is then none that can be made again", async () => {
    const { runs } = testBench;
    const refused = { code: "RUN_STATE", message: expect.stringContaining("no command but `stop`") as string };
    await expect(runs.startRun({ scenario, keep: "figures", paused: true })).rejects.toMatchObject(refused);
    const run = await runs.startRun({ scenario: interactiveScenario(), keep: "figures" });
    const executor = testBench.startExecutor();
    await testBench.reached(run.id, "waiting");
    await expect(runs.pauseRun(run.id)).rejects.toMatchObject(refused);
    expect(await runs.stopRun(run.id)).toMatchObject({ status: "stopped", headPosition: 0 });
    await expect(runs.verifyRun(run.id)).rejects.toMatchObject({ code: "EVENTS_NOT_KEPT" });
    await executor.stop();
    await runs.deleteRun(run.id);
  });
});
