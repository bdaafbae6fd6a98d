import { applyBatch, MachineTables, machineFacts } from "@ballast/core/memory";
import { caseCount } from "@ballast/core/testing/case-count";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPool, type Pool } from "../database/index.ts";
import { createRunRow, readEvents } from "../event-store/index.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { describeTables } from "../testing/machine-tables.ts";
import { entryIn, entryOf, tableIds } from "../testing/table-entries.ts";
import { storeHistory } from "../testing/store-history.ts";
import { SyntheticHistory } from "../testing/synthetic-history.ts";
import { History, rebuildKeyframes, rebuildStaleKeyframes } from "./index.ts";
import { FACTS_ALONE } from "./keyframe-checks.ts";

const EVENTS = 420_000;
const RANDOM_MOMENTS = caseCount(7, 24);

let database: TestDatabase;
let pool: Pool;
let run: number;
let last: MachineTables;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.connectionString);
  const synthetic = new SyntheticHistory({ seed: 7, framePages: 18_000, vms: 3, sharing: true });
  run = await storeHistory(pool, synthetic, { untilPosition: EVENTS, eventsPerCommit: 9_000 });
  last = synthetic.machine;
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

async function replay(ofRun: number, position: number): Promise<MachineTables> {
  const machine = new MachineTables();
  for await (const batch of readEvents(pool, ofRun, { to: position })) applyBatch(machine, batch);
  return machine;
}

async function keyframes(): Promise<Record<string, unknown>[]> {
  const { rows } = await pool.query<Record<string, unknown>>(
    `select position, base_position, full_position, text_count, encode(facts, 'hex') as facts,
       (select string_agg(md5(bytes), ',' order by part) from keyframe_parts p where p.run_id = k.run_id and p.position = k.position)
     from keyframes k where run_id = $1 order by position`,
    [run],
  );
  return rows;
}

describe("the state at a moment", () => {
  test("equals a replay of every event from the first; oracle: that replay", async () => {
    const history = new History(pool);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: last.position }), async (position) => {
        const state = await history.stateAt(run, { position });
        const expected = await replay(run, position);
        expect(describeTables(state)).toEqual(describeTables(expected));
        expect(state.texts).toEqual(expected.texts);
        const outline = await history.outlineAt(run, { position });
        expect([machineFacts(outline), outline.savedPages]).toEqual([machineFacts(expected), expected.savedPages]);
        expect(outline.vms.map(({ nameText }) => outline.text(nameText))).toEqual(expected.vms.map((vm) => expected.text(vm.nameText)));
      }),
      { numRuns: RANDOM_MOMENTS, examples: [[0], [1], [last.position]] },
    );
  });

  test("is at the end what the writer's own machine was; oracle: that machine, which never left memory", async () => {
    const state = await new History(pool).stateAt(run, "latest");
    expect(describeTables(state)).toEqual(describeTables(last));
    expect(state.texts).toEqual(last.texts);
  });

  test("rests on full, coarse and fine keyframes, facts on more of them; oracle: their rows", async () => {
    const rows = await keyframes();
    const full = rows.filter((row) => row["position"] === row["full_position"]);
    const coarse = rows.filter((row) => row["base_position"] !== null && row["base_position"] === row["full_position"]);
    const facts = rows.filter((row) => row["full_position"] === FACTS_ALONE);
    const fine = rows.length - full.length - coarse.length - facts.length;
    expect([full.length > 0, coarse.length > 0, fine > 0, facts.length > 0]).toEqual([true, true, true, true]);
  });

  test("passes keyframes of another layout over, and makes them anew by itself; oracle: the same moments", async () => {
    const before = await keyframes();
    const position = Number(before.findLast((row) => row["full_position"] !== FACTS_ALONE)?.["position"]);
    const expected = machineFacts(await new History(pool).stateAt(run, { position }));
    // What would be read by place is damaged: the first counter stands where the second one was.
    await pool.query("update keyframes set layout = 'another', facts = '\\x00'");
    expect(machineFacts(await new History(pool).stateAt(run, { position }))).toEqual(expected);
    await pool.query("update runs set status = 'completed' where id = $1", [run]);
    while (await rebuildStaleKeyframes(pool));
    expect(await keyframes()).toEqual(before);
    expect(machineFacts(await new History(pool).stateAt(run, { position }))).toEqual(expected);
  });

  test("does not depend on keyframes at all; oracle: the same moments without any", async () => {
    const before = await keyframes();
    const position = Math.floor(last.position * 0.8);
    const withThem = describeTables(await new History(pool).stateAt(run, { position }));
    await pool.query("delete from keyframes");
    expect(describeTables(await new History(pool).stateAt(run, { position }))).toEqual(withThem);
    await rebuildKeyframes(pool, run);
    expect(await keyframes()).toEqual(before);
  });

  test("is known without its tables by facts alone; oracle: the same with all parts of keyframes gone", async () => {
    const position = Math.floor(last.position * 0.9) + 7;
    const expected = machineFacts(await replay(run, position));
    await pool.query("begin; create table kept_parts as table keyframe_parts; delete from keyframe_parts; commit");
    const heard: unknown[] = [];
    const history = new History(pool, { onDamage: (_run, error) => heard.push(error) });
    expect(machineFacts(await history.outlineAt(run, { position }))).toEqual(expected);
    await pool.query("insert into keyframe_parts table kept_parts");
    expect(heard).toEqual([]);
  });

  test("has the same entries where only a part of one table is read; oracle: the whole tables", async () => {
    const [whole, parts] = [new History(pool), new History(pool, { commitCacheBytes: 0, regionCacheBytes: 400_000 })];
    const ids = tableIds(last);
    const place = fc.double({ min: 0, max: 1, noNaN: true });
    const asked = [
      fc.integer({ min: 0, max: last.position }),
      fc.array(fc.tuple(fc.nat(ids.length - 1), place), { minLength: 3, maxLength: 6 }),
    ] as const;
    await fc.assert(
      fc.asyncProperty(...asked, async (position, windows) => {
        const machine = await whole.stateAt(run, { position });
        for (const [which, at] of windows) {
          const [table, size] = ids[which]!;
          const first = Math.floor(at * (size - 1));
          const end = Math.min(first + (which % 2 === 0 ? 100 : size), size);
          const entries = await parts.entriesAt(run, { position }, { table, first, end });
          const pages = Array.from({ length: end - first }, (_, index) => first + index);
          const found = pages.map((page) => JSON.stringify(entryIn(entries, table, page)));
          expect(found).toEqual(pages.map((page) => JSON.stringify(entryOf(machine, table, page))));
        }
      }),
      { numRuns: RANDOM_MOMENTS },
    );
  });

  test("outside of the history is refused with its range", async () => {
    const history = new History(pool);
    const tooFar = history.stateAt(run, { position: last.position + 1 });
    await expect(tooFar).rejects.toThrow(`goes from 0 to ${last.position}`);
    await expect(history.stateAt(run, { timeNs: last.timeNs + 1 })).rejects.toMatchObject({
      code: "POSITION_OUT_OF_RANGE",
    });
    await expect(history.stateAt(run, { position: 1.5 })).rejects.toMatchObject({ code: "POSITION_OUT_OF_RANGE" });
  });

  test("of a fork is its parent's before the fork and its own after; oracle: a replay", async () => {
    const position = 200_123;
    const fork = await createRunRow(pool, { status: "queued", forkOf: { run, position } });
    const history = new History(pool);
    for (const at of [1, 150_000, position]) {
      expect(describeTables(await history.stateAt(fork, { position: at }))).toEqual(describeTables(await replay(run, at)));
    }
    await expect(history.stateAt(fork, { position: position + 1 })).rejects.toMatchObject({
      code: "POSITION_OUT_OF_RANGE",
    });
  });
});
