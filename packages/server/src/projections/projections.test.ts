import { EventCode } from "@ballast/core/events";
import { METRICS } from "@ballast/core/metrics";
import { MetricFold } from "@ballast/core/projections";
import { caseCount, metricsOf } from "@ballast/core/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPool, type Pool } from "../database/index.ts";
import { deleteRunHistory, readEvents, removeDeletedRuns } from "../event-store/index.ts";
import { History, RunTexts } from "../history/index.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { storeHistory } from "../testing/store-history.ts";
import { SyntheticHistory } from "../testing/synthetic-history.ts";
import { ProjectionRunner, projectRun, readDecisions, readSeries, readSummary, type RebuildProgress, rebuildProjections } from "./index.ts";

const EVENTS = caseCount(20_000, 150_000);
/** Enough for keyframes, and for more moments than are kept. */
const MANY_EVENTS = 150_000;
const TABLES = ["series_points", "run_summaries", "decisions", "decision_figures", "projection_states", "keyframes"];

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

function synthetic(seed: number): SyntheticHistory {
  return new SyntheticHistory({ seed, framePages: 2_000, vms: 3, sharing: true });
}

type Size = { readonly seed: number; readonly events: number };

/** A run with its read models. */
async function projectedRun({ seed, events }: Size): Promise<number> {
  const run = await storeHistory(pool, synthetic(seed), { untilPosition: events, eventsPerCommit: 5_000 });
  await projectRun(pool, new RunTexts(pool), run);
  return run;
}

/** Tests share these; each leaves the read models as they were. */
const shared = new Map<Size, Promise<number>>();
const MANY: Size = { seed: 8, events: MANY_EVENTS };
const SOME: Size = { seed: 12, events: 30_000 };
async function sharedRun(size: Size): Promise<number> {
  const run = shared.get(size) ?? projectedRun(size);
  shared.set(size, run);
  return await run;
}

/** Every row of a run's read models as text, without the run's own number, and the checksum that covers it. */
async function readModels(run: number): Promise<string[]> {
  const contents = TABLES.map(async (table) => {
    const { rows } = await pool.query<{ row: string }>(
      `select (to_jsonb(t) - 'run_id' - 'root_run_id'${table === "projection_states" || table === "keyframes" ? " - 'checksum'" : ""})::text as row from ${table} t where run_id = $1 order by 1`,
      [run],
    );
    return rows.map(({ row }) => `${table} ${row}`);
  });
  return (await Promise.all(contents)).flat();
}

describe("the metrics of a run", () => {
  test("are at every commit those of the tables; oracle: the machine that applyEvent makes", () => {
    const history = synthetic(5);
    const fold = new MetricFold();
    while (history.machine.position < EVENTS) {
      const batch = history.next(777);
      for (let i = 0; i < batch.length; i++)
        fold.apply(
          batch.types[i]!,
          batch.timesNs[i]!,
          batch.vms[i]!,
          batch.processes[i]!,
          batch.a[i]!,
          batch.b[i]!,
          batch.c[i]!,
          batch.d[i]!,
        );
      expect([fold.host, ...fold.vms].map((values) => Array.from(values))).toEqual(metricsOf(history.machine));
    }
  });
});

describe("read models", () => {
  test("are the same whether followed live or made in one pass; oracle: each other", async () => {
    const [live, atOnce] = [synthetic(6), synthetic(6)];
    const texts = new RunTexts(pool);
    let liveRun: number | undefined;
    for (let until = 1; live.machine.position < EVENTS; until += 17_000) {
      liveRun = await storeHistory(pool, live, {
        untilPosition: until,
        eventsPerCommit: 1_000,
        ...(liveRun === undefined ? {} : { run: liveRun }),
      });
      await projectRun(pool, texts, liveRun);
    }
    const run = await storeHistory(pool, atOnce, { untilPosition: live.machine.position, eventsPerCommit: 1_000 });
    await projectRun(pool, texts, run);
    const ofTables = (rows: string[]): string[] => rows.filter((row) => !row.startsWith("keyframes"));
    expect(ofTables(await readModels(liveRun ?? 0))).toEqual(ofTables(await readModels(run)));
  });

  test("are rebuilt from events alone, byte for byte, keyframes included; oracle: what was there before", async () => {
    const run = await sharedRun(MANY);
    const before = await readModels(run);
    expect(new Set(before.map((row) => row.split(" ")[0])).size).toBe(TABLES.length);
    await pool.query("update series_points set figures = '{1}' where run_id = $1", [run]);
    expect(await rebuildProjections(pool, run)).toEqual([run]);
    expect(await readModels(run)).toEqual(before);
  });

  test("of a version that kept other metrics are made anew; oracle: what this version made before", async () => {
    const run = await sharedRun(SOME);
    const before = await readModels(run);
    await pool.query(`update projection_states set position = 20000, layout = 'another' where run_id = $1`, [run]);
    await pool.query("update series_points set figures = '{1}' where run_id = $1", [run]);
    await projectRun(pool, new RunTexts(pool), run);
    expect(await readModels(run)).toEqual(before);
  });

  test("of a version with metrics in other places are not misread; oracle: what this version made before", async () => {
    const run = await projectedRun(SOME);
    const query = { metric: "swapOuts", vm: 1 };
    const before = await readSeries(pool, run, query);
    // An older version as it may have been: one counter fewer before `swapOuts`, so that all behind it stand one place lower.
    const place = METRICS.vmPlaces.swapOuts;
    await pool.query("update series_points set figures = figures[2:] where run_id = $1 and vm > 0", [run]);
    await pool.query("update projection_states set layout = 'older' where run_id = $1", [run]);
    await pool.query("insert into figure_names (layout, is_host, place, name) values ('older', false, $1, 'swapOuts')", [place]);
    const view = await pool.query(
      `select time_ns as "timeNs", value from series where run_id = $1 and vm = 1 and metric = 'swapOuts' order by time_ns`,
      [run],
    );
    expect(view.rows).toEqual(before);
    expect(await readSeries(pool, run, query)).toEqual(before);
    expect((await readSummary(pool, run))?.vms[0]?.metrics).toMatchObject({ swapOuts: before.at(-1)?.value });
  });

  test("look the same in the SQL view of series; oracle: the reader", async () => {
    const run = await sharedRun(SOME);
    for (const [vm, metric] of [
      [0, "freePages"],
      [2, "residentPages"],
      [1, "swapOuts"],
    ] as const) {
      const { rows } = await pool.query(
        'select time_ns as "timeNs", value from series where run_id = $1 and vm = $2 and metric = $3 order by time_ns',
        [run, vm, metric],
      );
      expect(rows.length).toBeGreaterThan(10);
      expect(rows).toEqual(await readSeries(pool, run, { metric, vm }));
    }
  });

  test("have a bounded number of moments that tell the truth; oracle: the state at each of them", async () => {
    const run = await sharedRun(MANY);
    const series = await readSeries(pool, run, { metric: "residentPages", vm: 2 });
    expect(series.length).toBeGreaterThan(400);
    expect(series.length).toBeLessThanOrEqual(1_025);
    const history = new History(pool);
    for (const { timeNs, value } of series.filter((_, index) => index % 97 === 0)) {
      expect((await history.stateAt(run, { timeNs })).vm(2).residentPages).toBe(value);
    }
    expect(await readSeries(pool, run, { metric: "residentPages", vm: 2, points: 10 })).toHaveLength(10);
    await expect(readSeries(pool, run, { metric: "mood", vm: 0 })).rejects.toThrow(METRICS.host.join(", "));
  });

  test("have every decision with its reason; oracle: the events and the texts", async () => {
    const history = synthetic(10);
    const run = await storeHistory(pool, history, { untilPosition: EVENTS, eventsPerCommit: 20_000 });
    await projectRun(pool, new RunTexts(pool), run);
    const expected: unknown[] = [];
    for await (const batch of readEvents(pool, run)) {
      for (let i = 0; i < batch.length; i++) {
        if (batch.types[i] !== EventCode.PolicyDecided) continue;
        expected.push([batch.firstPosition + i, batch.vms[i], history.machine.text(batch.b[i]!), batch.d[i]]);
      }
    }
    const decisions = await readDecisions(pool, run, { first: 100_000 });
    expect(decisions.map((row) => [row.position, row.vm, row.reason, row.requestedPages])).toEqual(expected);
    const summary = await readSummary(pool, run);
    expect(summary?.events["PolicyDecided"]).toBe(expected.length);
  });

  test("of a run follow even if those of an earlier run cannot be made; oracle: the head of the later one", async () => {
    const damaged = await storeHistory(pool, synthetic(12), { untilPosition: 2_000, eventsPerCommit: 500 });
    await pool.query("update commits set type_0 = substr(type_0, 1, 1) where run_id = $1", [damaged]);
    const run = await storeHistory(pool, synthetic(13), { untilPosition: 2_000, eventsPerCommit: 500 });
    const errors: unknown[] = [];
    const server = new ProjectionRunner(pool, { pollMs: 1, onError: (error) => errors.push(error) });
    server.start();
    await expect.poll(async () => (await readSummary(pool, run))?.position, { timeout: 20_000 }).toBe(await headOf(run));
    await server.stop();
    expect(errors).not.toEqual([]);
    await deleteRunHistory(pool, damaged);
  });

  test("and keyframes of another version are made anew with progress shown; oracle: what this version made before", async () => {
    const runs: number[] = [];
    for (const seed of [21, 22, 23]) {
      runs.push(await storeHistory(pool, synthetic(seed), { untilPosition: 70_000, eventsPerCommit: 5_000 }));
      await projectRun(pool, new RunTexts(pool), runs.at(-1)!);
    }
    const before = await Promise.all(runs.map(readModels));
    await pool.query("update projection_states set layout = 'older' where run_id = $1 or run_id = $2", runs.slice(0, 2));
    await pool.query("update keyframes set layout = null where run_id = $1 or run_id = $2", runs.slice(1));
    const progress: RebuildProgress[] = [];
    const server = new ProjectionRunner(pool, { pollMs: 1, onRebuild: (reached) => progress.push(reached) });
    server.start();
    await expect.poll(() => progress.at(-1)?.doneRuns, { timeout: 20_000 }).toBe(3);
    await server.stop();
    expect(progress).toEqual([0, 1, 2, 3].map((doneRuns) => ({ doneRuns, totalRuns: 3 })));
    expect(await Promise.all(runs.map(readModels))).toEqual(before);
  });

  test("of this version are not rebuilt at a start, and nothing is said of it; oracle: no report", async () => {
    const run = await storeHistory(pool, synthetic(24), { untilPosition: 2_000, eventsPerCommit: 500 });
    const progress: RebuildProgress[] = [];
    const server = new ProjectionRunner(pool, { pollMs: 1, onRebuild: (reached) => progress.push(reached) });
    server.start();
    await expect.poll(async () => (await readSummary(pool, run))?.position, { timeout: 20_000 }).toBe(await headOf(run));
    await server.stop();
    expect(progress).toEqual([]);
  });

  test("are kept up to date by two servers at the same time, and go with their run; oracle: one reader alone", async () => {
    const servers = [new ProjectionRunner(pool, { pollMs: 1 }), new ProjectionRunner(pool, { pollMs: 1 })];
    for (const server of servers) server.start();
    const run = await storeHistory(pool, synthetic(11), { untilPosition: EVENTS, eventsPerCommit: 500 });
    while ((await readSummary(pool, run))?.position !== (await headOf(run))) await new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all(servers.map((server) => server.stop()));
    const followed = await readModels(run);
    await rebuildProjections(pool, run);
    expect(await readModels(run)).toEqual(followed);
    await deleteRunHistory(pool, run);
    await removeDeletedRuns(pool);
    expect(await readModels(run)).toEqual([]);
  });
});

async function headOf(run: number): Promise<number> {
  const { rows } = await pool.query<{ position: number }>("select head_position as position from runs where id = $1", [run]);
  return rows[0]?.position ?? 0;
}
