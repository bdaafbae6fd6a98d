import { EventCode } from "@ballast/core/events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPool, type Pool } from "../database/index.ts";
import { readEvents } from "../event-store/index.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { storeHistory } from "../testing/store-history.ts";
import { SyntheticHistory } from "../testing/synthetic-history.ts";
import { History } from "./index.ts";

const EVENTS = 60_000;

let database: TestDatabase;
let pool: Pool;
let run: number;
let history: History;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.connectionString);
  const synthetic = new SyntheticHistory({ seed: 3, framePages: 400, vms: 2 });
  run = await storeHistory(pool, synthetic, { untilPosition: EVENTS, eventsPerCommit: 3_000 });
  history = new History(pool);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** Positions of the events whose SQL columns name a page, found by the names that the catalogue gives them. */
async function positionsInSql(field: string, page: number, vm?: number): Promise<number[]> {
  const { rows } = await pool.query<{ position: number }>(
    `select e.position from events e join event_types t on t.type = e.type
     where e.run_id = $1 and ($4::integer is null or e.vm = $4)
       and ((t.a = $2 and e.a = $3) or (t.b = $2 and e.b = $3) or (t.c = $2 and e.c = $3)
         or ($2 = 'realPage' and t.a = 'firstRealPage' and $3 >= e.a and $3 < e.b)
         or ($2 = 'physicalPage' and t.a = 'firstPhysicalPage' and $3 >= e.a and $3 < e.b))
     order by e.position`,
    [run, field, page, vm ?? null],
  );
  return rows.map((row) => row.position);
}

describe("the history of a page", () => {
  test("has every event that names the real page, in pages that join; oracle: SQL over the event view", async () => {
    const found: number[] = [];
    for (let after = 0, hasMore = true; hasMore;) {
      const page = await history.pageHistory(run, 2, 20, { after, first: 7 });
      found.push(...page.events.map((event) => event.position));
      ({ scannedTo: after, hasMore } = page);
    }
    expect(found.length).toBeGreaterThan(20);
    expect(found).toEqual(await positionsInSql("realPage", 20, 2));
  });

  test("is the same from the end, in pages that join, within bounds too; oracle: the history from the beginning, turned round", async () => {
    for (const [from, end] of [
      [1, EVENTS],
      [1_234, 44_321],
    ] as const) {
      const expected = (await history.pageHistory(run, 2, 20, { after: from - 1, to: end, first: 10_000 })).events.map(
        ({ position }) => position,
      );
      const found: number[] = [];
      for (let to = end, hasMore = true; hasMore;) {
        const page = await history.pageHistory(run, 2, 20, { after: from - 1, to, first: 40, isDescending: true });
        found.push(...page.events.map((event) => event.position));
        ({ hasMore } = page);
        to = page.scannedTo - 1;
      }
      expect(found.length).toBeGreaterThan(20);
      expect(found).toEqual(expected.toReversed());
    }
  });

  test("has every event that names the frame, overhead ranges included; oracle: SQL over the event view", async () => {
    for (const frame of [3, 100]) {
      const { events, hasMore } = await history.frameHistory(run, frame, { first: 10_000 });
      expect(hasMore).toBe(false);
      expect(events.map((event) => event.position)).toEqual(await positionsInSql("physicalPage", frame));
    }
  });
});

describe("the difference of two moments", () => {
  test("names exactly the real pages that differ; oracle: both tables side by side", async () => {
    const [from, to] = [{ position: 20_000 }, { position: 20_400 }];
    const [before, after] = [await history.stateAt(run, from), await history.stateAt(run, to)];
    const expected: string[] = [];
    for (const vm of after.vms) {
      const other = before.vm(vm.vm);
      for (let page = 0; page < vm.configuredPages; page++) {
        const of = (state: typeof vm): string =>
          [state.realMap, state.swapSlot, state.swapContent, state.kept, state.use, state.userPage, state.userProcess]
            .map((c) => c[page])
            .join();
        if (of(vm) !== of(other)) expected.push(`${vm.vm}/${page}`);
      }
    }
    const diff = await history.diff(run, from, to, { first: 100_000 });
    const named = diff.changes.flatMap((change) => (change.kind === "realPage" ? [`${change.vm}/${change.page}`] : []));
    expect(expected.length).toBeGreaterThan(10);
    expect(named).toEqual(expected);
    expect(diff.changedRealPages).toBe(expected.length);
  });

  test("comes in pages that join to the whole; oracle: the whole in one call", async () => {
    const [from, to] = [{ position: 30_000 }, { position: 30_100 }];
    const whole = await history.diff(run, from, to, { first: 100_000 });
    const joined: unknown[] = [];
    for (let skip: number | null = 0; skip !== null;) {
      const page: Awaited<ReturnType<History["diff"]>> = await history.diff(run, from, to, { skip, first: 13 });
      joined.push(...page.changes);
      skip = page.nextSkip;
    }
    expect(joined).toEqual(whole.changes);
    expect(whole.nextSkip).toBeNull();
  });

  test("tells how often each VM trapped in between; oracle: the events in between, counted", async () => {
    const [from, to] = [40_000, 50_000];
    const traps = new Map<number, number>();
    for await (const batch of readEvents(pool, run, { from: from + 1, to })) {
      for (let i = 0; i < batch.length; i++) {
        if (batch.types[i] === EventCode.Trapped) traps.set(batch.vms[i]!, (traps.get(batch.vms[i]!) ?? 0) + 1);
      }
    }
    const { metrics } = await history.diff(run, { position: from }, { position: to });
    const told = metrics.filter((change) => change.metric === "trapMissingRealMapEntry");
    expect(told.map(({ vm, before, after }) => [vm, Number(after) - Number(before)])).toEqual(
      [...traps].sort(([left], [right]) => left - right),
    );
  });
});
