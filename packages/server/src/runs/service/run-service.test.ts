import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EventCode } from "@ballast/core/events";
import { applyBatch, MachineTables } from "@ballast/core/memory";
import { RunObserver } from "@ballast/core/projections";
import { smallVm } from "@ballast/core/testing";
import type { Pool } from "../../database/index.ts";
import { readEvents, removeDeletedRuns, RUN_RESULT } from "../../event-store/index.ts";
import { type Experiment, runsOf } from "../../experiments/index.ts";
import { type TestBench, openTestBench, storeScenario } from "../test-bench.fixture.ts";
import { type RunMetrics, summariseRun } from "../run-metrics.ts";
import { thrashingScenario } from "../scenarios.fixture.ts";
import { rebuildRuns } from "../store/rebuild-results.ts";

describe("the run service", () => {
  let testBench: TestBench;

  beforeAll(async () => {
    testBench = await openTestBench();
    testBench.startExecutor();
  });
  afterAll(async () => await testBench.close());

  test("answers a repeated start with the same run, and refuses another input under the same key", async () => {
    const { runs, experiments } = testBench;
    const idempotencyKey = randomUUID();
    const scenario = thrashingScenario(100);
    const [first, ...others] = await Promise.all(
      Array.from({ length: 5 }, () => runs.startRun({ scenario: { ...scenario }, idempotencyKey })),
    );
    expect(others.map(({ id }) => id)).toEqual(Array(4).fill(first?.id));
    await expect(runs.startRun({ scenario, seed: 2, idempotencyKey })).rejects.toMatchObject({
      code: "IDEMPOTENCY_CONFLICT",
    });
    const variants = [{ policy: "no-reclaim" }];
    const comparing = experiments.startExperiment({ scenario, variants, seeds: 1, uncommitted: false, idempotencyKey });
    await expect(comparing).rejects.toMatchObject({ code: "IDEMPOTENCY_CONFLICT" });
    await expect(runs.startRun({ scenario, label: "tour", idempotencyKey })).rejects.toMatchObject({ code: "IDEMPOTENCY_CONFLICT" });
    expect((await runs.startRun({ scenario, label: "tour" })).label).toBe("tour");
    expect(first?.label).toBeNull();
  });

  test("refuses what cannot be executed, and queues nothing of it", async () => {
    const { runs } = testBench;
    const scenario = thrashingScenario(100, { name: "refused" });
    const start = async (input: object): Promise<unknown> => await runs.startRun({ scenario, ...input }).catch((error: unknown) => error);
    expect(await start({ policy: "nobody's" })).toMatchObject({ code: "POLICY_NOT_FOUND" });
    expect(await start({ parameters: { unknown: 1 } })).toMatchObject({ code: "POLICY_PARAMETER_INVALID" });
    expect(await start({ seed: -1 })).toMatchObject({ code: "INPUT_INVALID" });
    expect(await start({ idempotencyKey: " " })).toMatchObject({ code: "INPUT_INVALID" });
    for (const label of ["", " tour", "x".repeat(41)]) expect(await start({ label })).toMatchObject({ code: "INPUT_INVALID" });
    const replay = smallVm("replaying", 16, { kind: "trace", trace: "missing", times: 1 });
    const traced = { ...scenario, vms: [replay] };
    expect(await start({ scenario: traced })).toMatchObject({ code: "TRACE_NOT_FOUND" });
    expect((await runs.listRuns({ scenario: "refused", first: 10 })).items).toEqual([]);
    await expect(runs.getRun("nothing")).rejects.toMatchObject({ code: "RUN_NOT_FOUND" });
    await expect(runs.getRun(randomUUID())).rejects.toMatchObject({ code: "RUN_NOT_FOUND" });
  });

  test("lists runs newest first, page by page, without gap or double", async () => {
    const { runs } = testBench;
    const scenario = thrashingScenario(10, { name: "listed" });
    const begun: string[] = [];
    for (let i = 0; i < 5; i++) begun.push((await runs.startRun({ scenario })).id);
    const found: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await runs.listRuns({ scenario: "listed", first: 2, ...(after === undefined ? {} : { after }) });
      found.push(...page.items.map(({ id }) => id));
      if (!page.hasMore) break;
      after = page.endCursor ?? "";
    }
    expect(found).toEqual(begun.toReversed());
    await expect(runs.listRuns({ first: 0 })).rejects.toMatchObject({ code: "INPUT_INVALID" });
    await expect(runs.listRuns({ first: 1_001 })).rejects.toMatchObject({ code: "LIST_TOO_LARGE" });
    await expect(runs.listRuns({ first: 1, after: "x" })).rejects.toMatchObject({ code: "CURSOR_INVALID" });
  });

  test("deletes everything of a run, also while it is executed", async () => {
    const { runs, pool } = testBench;
    const run = await runs.startRun({ scenario: thrashingScenario(1_000_000), idempotencyKey: randomUUID() });
    await runs.watchRun(run.id).wait(70_000, AbortSignal.timeout(30_000));
    await runs.deleteRun(run.id);
    await expect(runs.getRun(run.id)).rejects.toMatchObject({ code: "RUN_NOT_FOUND" });
    await removeDeletedRuns(pool);
    const { rows } = await pool.query<{ name: string; column: string }>(
      `select table_name as name, column_name as column from information_schema.columns
       where table_schema = 'public' and column_name in ('run_id', 'result_id') and table_name <> 'events'`,
    );
    expect(rows.length).toBeGreaterThan(5);
    for (const { name, column } of rows) {
      const value = column === "run_id" ? run.logId : run.id;
      const left = await pool.query(`select 1 from ${name} where ${column} = $1`, [value]);
      expect({ name, rows: left.rowCount }).toEqual({ name, rows: 0 });
    }
  });

  test("finds the first event that another input gives, and the positions of a history that was changed", async () => {
    const { runs, pool } = testBench;
    const run = await testBench.ended(await runs.startRun({ scenario: thrashingScenario(500) }));
    await runs.verifyRun(run.id);
    await storeScenario(pool, run.logId, (scenario) => scenario.replaceAll('"seed":', '"seed":1'));
    await expect(runs.verifyRun(run.id)).rejects.toMatchObject({
      code: "RUN_DIVERGED",
      message: expect.stringMatching(/Position \d+ is the first that differs/) as string,
    });
    // The smallest simulated time of a commit is added to each of its events.
    const { rows } = await pool.query<{ first_position: number }>(
      `update commits set time_base = time_base + 1 where run_id = $1 and last_position =
         (select max(last_position) from commits where run_id = $1) returning first_position`,
      [run.logId],
    );
    const expected = new RegExp(`${run.id} is damaged: a commit \\(positions ${rows[0]?.first_position}-${run.headPosition}\\)`);
    await expect(runs.verifyRun(run.id)).rejects.toMatchObject({
      code: "HISTORY_DAMAGED",
      message: expect.stringMatching(expected) as string,
    });
  });

  async function compared(begun: Experiment): Promise<Experiment> {
    for (const run of runsOf(begun)) await testBench.ended(run);
    return await testBench.experiments.getExperiment(begun.id);
  }

  /** As a version stored them that did not know these results. */
  async function forgetResults(pool: Pool, run: number, forgotten: readonly (keyof RunMetrics)[]): Promise<void> {
    const { rows } = await pool.query<{ figures: RunMetrics }>("select figures from run_jobs where run_id = $1", [run]);
    const kept = Object.entries(rows[0]!.figures).filter(([name]) => !forgotten.some((each) => each === name));
    const figures = JSON.stringify(Object.fromEntries(kept));
    const checksum = RUN_RESULT.checksum([run, figures, null, null]);
    await pool.query("update run_jobs set figures = $2, figures_checksum = $3 where run_id = $1", [run, figures, checksum]);
  }

  function sumOfFaults(metrics: RunMetrics | null): number {
    if (metrics === null) return 0;
    const { guestMinorFaults, guestMajorFaults, hostMinorFaults, hostMajorFaults } = metrics;
    return guestMinorFaults + guestMajorFaults + hostMinorFaults + hostMajorFaults;
  }

  test("compares policies by metrics that the stored events give again", async () => {
    const { experiments, pool } = testBench;
    const policies = ["ballooning", "random-steal", "no-reclaim"];
    const variants = policies.map((policy) => ({ policy }));
    const begun = await experiments.startExperiment({ scenario: thrashingScenario(5_000), variants, seeds: [7], uncommitted: false });
    const experiment = await compared(begun);
    expect(experiment).toMatchObject({ status: "completed", seeds: [7], kind: "comparison" });
    expect(experiment.variants.map(({ policyName }) => policyName)).toEqual(policies);
    const cells = experiment.variants.flatMap((variant) => variant.cells);
    for (const { run, metrics } of cells) {
      const [machine, observer] = [new MachineTables(), new RunObserver()];
      const counts = new Map<number, number>();
      for await (const batch of readEvents(pool, run?.logId ?? 0)) {
        applyBatch(machine, batch);
        observer.update(batch);
        for (const type of batch.types.subarray(0, batch.length)) counts.set(type, (counts.get(type) ?? 0) + 1);
      }
      expect(metrics).toEqual(summariseRun(machine, observer, metrics?.faultBound ?? null));
      // Each access that faults is a guest fault or a host fault or both.
      const faults = metrics?.faultBound?.faults ?? 0;
      const count = (code: number): number => counts.get(code) ?? 0;
      expect(faults).toBeGreaterThan(0);
      expect(faults).toBeLessThanOrEqual(sumOfFaults(metrics));
      // But for the access over which a VM was killed.
      expect(metrics?.faults).toBe(faults + count(EventCode.VmTerminated));
      expect(metrics?.faultBound?.minFaults).toBeLessThanOrEqual(faults);
      // Counting events of a type is another way to some of the metrics.
      expect(metrics).toMatchObject({
        traps: count(EventCode.Trapped),
        pagesStolen: count(EventCode.PageStolen),
        swapOuts: count(EventCode.PageSwappedOut),
        swapIns: count(EventCode.PageSwappedIn),
        balloonedPages: count(EventCode.BalloonPagePinned),
        zeroedFrames: count(EventCode.FrameZeroed),
        vmsKilled: count(EventCode.VmTerminated),
      });
    }
    for (const { run } of cells) await forgetResults(pool, run?.logId ?? 0, ["refaults", "stallP99Ns"]);
    expect((await experiments.getExperiment(experiment.id)).variants[0]?.cells[0]?.metrics?.refaults).toBeNull();
    for (const { run } of cells) await rebuildRuns(pool, run?.logId ?? 0);
    expect(
      (await experiments.getExperiment(experiment.id)).variants.flatMap((variant) => variant.cells.map(({ metrics }) => metrics)),
    ).toEqual(cells.map(({ metrics }) => metrics));
    const [ballooning, stealing, nothing] = cells;
    expect(ballooning?.metrics?.peakBalloonPages).toBeGreaterThan(0);
    expect(stealing?.metrics?.pagesStolen).toBeGreaterThan(0);
    expect(nothing?.metrics?.vmsKilled).toBeGreaterThan(0);
    expect(experiment.notes.join(" ")).toContain("Under no-reclaim 1 VM was killed");
    expect((await experiments.listExperiments({ first: 1 })).items[0]?.id).toBe(experiment.id);
  });
});
