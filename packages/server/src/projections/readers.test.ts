import { EventCode } from "@ballast/core/events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPool, type Pool } from "../database/index.ts";
import { readEvents } from "../event-store/index.ts";
import { RunTexts } from "../history/index.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { storeHistory } from "../testing/store-history.ts";
import { SyntheticHistory } from "../testing/synthetic-history.ts";
import { type DecisionRow, projectRun, readDecisions, readSeries, readSummary, rebuildProjections } from "./index.ts";

const EVENTS = 30_000;
const METRIC = { metric: "residentPages", vm: 2 };

let database: TestDatabase;
let pool: Pool;
let run: number;
let history: SyntheticHistory;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.connectionString);
  history = new SyntheticHistory({ seed: 21, framePages: 2_000, vms: 3, sharing: true });
  run = await storeHistory(pool, history, { untilPosition: EVENTS, eventsPerCommit: 5_000 });
  await projectRun(pool, new RunTexts(pool), run);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** Every decision as the stored events and the history's texts tell it. */
async function decisionsOfEvents(): Promise<DecisionRow[]> {
  const rows = new Map<number, DecisionRow>();
  const change = (decision: number, part: (row: DecisionRow) => Partial<DecisionRow>): void => {
    const row = rows.get(decision)!;
    rows.set(decision, { ...row, ...part(row) });
  };
  for await (const { length, firstPosition, types, timesNs, vms, a, b, c, d } of readEvents(pool, run)) {
    for (let i = 0; i < length; i++) {
      const [vm, decision, value] = [vms[i]!, c[i]!, d[i]!];
      if (types[i] === EventCode.PolicyDecided) {
        const asked = { kind: a[i]!, reason: history.machine.text(b[i]!), requestedPages: value };
        rows.set(decision, {
          decision,
          position: firstPosition + i,
          timeNs: timesNs[i]!,
          vm,
          ...asked,
          clampCause: null,
          donePages: null,
          figures: [],
        });
      } else if (types[i] === EventCode.PolicyFigureSeen) {
        const seen = { vm, figure: history.machine.text(a[i]!), value: value / 1e6 };
        change(decision, ({ figures }) => ({ figures: [...figures, seen] }));
      } else if (types[i] === EventCode.DecisionClamped) change(decision, () => ({ clampCause: b[i]!, donePages: value }));
    }
  }
  return [...rows.values()];
}

test("decisions are read with what they rest on and what came of them, page by page; oracle: the stored events", async () => {
  const expected = await decisionsOfEvents();
  expect(expected.length).toBeGreaterThan(10);
  expect(await readDecisions(pool, run, { first: 100_000 })).toEqual(expected);
  expect(await readDecisions(pool, run, { after: 5, first: 3 })).toEqual(expected.slice(5, 8));
  const ofVm = expected.filter(({ vm }) => vm === 2);
  expect(await readDecisions(pool, run, { vm: 2, first: 100_000 })).toEqual(ofVm);
  expect(ofVm.length).toBeGreaterThan(0);
});

test("a series is read within its bounds, both included, and thinned to its last points; oracle: all of its points", async () => {
  const all = await readSeries(pool, run, METRIC);
  const [from, to] = [all[10]!.timeNs, all[40]!.timeNs];
  expect(await readSeries(pool, run, { ...METRIC, fromNs: from, toNs: to })).toEqual(all.slice(10, 41));
  expect(await readSeries(pool, run, { ...METRIC, fromNs: from, toNs: to, points: 31 })).toEqual(all.slice(10, 41));
  const everyThird = [2, 5, 8].map((index) => all[10 + index]);
  expect(await readSeries(pool, run, { ...METRIC, fromNs: from, toNs: all[18]!.timeNs, points: 3 })).toEqual(everyThird);
  expect(await readSeries(pool, run, { ...METRIC, points: 0 })).toEqual([]);
  await expect(readSeries(pool, run, { metric: "mood", vm: 1 })).rejects.toThrow("of a VM; there are accesses");
});

test("what is not projected yet of an unfinished run is not made by reading it, and all of a final one is; oracle: the position of the last projection", async () => {
  const later = new SyntheticHistory({ seed: 22, framePages: 500, vms: 2 });
  const other = await storeHistory(pool, later, { untilPosition: 2_000, eventsPerCommit: 500 });
  await pool.query("update runs set status = 'running' where id = $1", [other]);
  expect(await readSummary(pool, other)).toBeUndefined();
  expect(await readSeries(pool, other, METRIC)).toEqual([]);
  await projectRun(pool, new RunTexts(pool), other);
  const { position } = (await readSummary(pool, other))!;
  await storeHistory(pool, later, { untilPosition: 4_000, eventsPerCommit: 500, run: other });
  expect((await readSummary(pool, other))?.position).toBe(position);
  expect(later.machine.position).toBeGreaterThan(position);
  await pool.query("update runs set status = 'completed' where id = $1", [other]);
  expect((await readSummary(pool, other))?.position).toBe(later.machine.position);
});

test("read models of all runs are rebuilt in one call, in order of their numbers; oracle: the table of runs", async () => {
  const { rows } = await pool.query<{ id: number }>("select id from runs order by id");
  const before = await readSummary(pool, run);
  await pool.query("update run_summaries set summary = '{}'");
  expect(await rebuildProjections(pool, "all")).toEqual(rows.map(({ id }) => id));
  expect(rows.length).toBeGreaterThan(1);
  expect(await readSummary(pool, run)).toEqual(before);
});
