import {
  CATALOGUE,
  EventBatch,
  EventCode,
  eventType,
  type EventType,
  FIELD_COLUMNS,
  type FieldColumn,
  quantityOf,
  viewEvent,
} from "@ballast/core/events";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPool, type Pool } from "../database/index.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { randomEvents, rowsOf, splitEvents } from "../testing/random-events.ts";
import { SyntheticHistory } from "../testing/synthetic-history.ts";
import {
  createRunRow,
  deleteRunHistory,
  DigestChain,
  digestChainAt,
  eventAt,
  positionAtTime,
  prepareCommit,
  readEvents,
  readHead,
  readTexts,
  removeDeletedRuns,
  RunWriter,
  selectEvents,
  verifyStoredDigest,
} from "./index.ts";

const NO_LEASE = { owner: null, epoch: 0 };
const DATABASE_RUNS = 30;

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

async function store(batches: readonly EventBatch[], run?: number, chain = new DigestChain()): Promise<number> {
  const id = run ?? (await createRunRow(pool, { status: "queued" }));
  const writer = new RunWriter(pool, id, NO_LEASE);
  for (const batch of batches) await writer.append(prepareCommit(batch, chain));
  writer.close();
  return id;
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const SHOWN = ["position", "type", "time_ns", "vm", "process", ...FIELD_COLUMNS, "decision"];

/** The rows of the SQL view; `d` is numeric, which the driver gives as text. */
async function queryView(run: number): Promise<(number | null)[][]> {
  const { rows } = await pool.query<Record<string, number | string | null>>(
    `select ${SHOWN.join(", ")} from events where run_id = $1 order by position`,
    [run],
  );
  return rows.map((row) => Object.values(row).map((value) => (value === null ? null : Number(value))));
}

/** What is shown of a row of recorded numbers, in the order of `SHOWN`. */
function shownRow(row: readonly number[]): (number | null)[] {
  const { fields } = eventType(row[1]!);
  return row.map((value, place) => {
    const field = fields[SHOWN[place] as FieldColumn];
    if (SHOWN[place] === "decision" && value === 0) return null;
    return field === undefined ? value : quantityOf(field, value);
  });
}

function appendExample(batch: EventBatch, type: EventType, isNone: boolean): void {
  const [a, b, c, d] = FIELD_COLUMNS.map((column) => {
    const field = type.fields[column];
    if (field?.kind === "text") return 1;
    if (field?.choices !== undefined) return Number(Object.keys(field.choices)[0]);
    return isNone && field?.none !== undefined ? field.none : 1_234_567;
  });
  batch.append(type.code, 0, 1, 1, a!, b!, c!, d!);
}

const history = fc.tuple(randomEvents(120), fc.array(fc.nat(), { maxLength: 6 }));

describe("stored events", () => {
  test("come back as they were appended, whatever the commits; oracle: the batch in memory", async () => {
    await fc.assert(
      fc.asyncProperty(history, async ([whole, cuts]) => {
        const run = await store(splitEvents(whole, cuts));
        const read = await collect(readEvents(pool, run));
        expect(rowsOf(read)).toEqual(rowsOf([whole]));
        expect(await readTexts(pool, run)).toEqual(whole.texts);
        expect((await readHead(pool, run)).position).toBe(whole.length);
      }),
      { numRuns: DATABASE_RUNS },
    );
  });

  test("look the same in the SQL view as through the reader; oracle: the batch in memory", async () => {
    await fc.assert(
      fc.asyncProperty(history, async ([whole, cuts]) => {
        const run = await store(splitEvents(whole, cuts));
        const rows = await queryView(run);
        expect(rows).toEqual(rowsOf([whole]).map(shownRow));
        const [from, to] = [1 + ((cuts[0] ?? 0) % whole.length), whole.length - 1];
        const { rows: between } = await pool.query<{ position: number }>(
          "select position from events_between($1, $2, $3) order by position",
          [run, from, to],
        );
        expect(between.map((row) => row.position)).toEqual(
          rowsOf([whole])
            .map((row) => row[0]!)
            .filter((at) => at >= from && at <= to),
        );
      }),
      { numRuns: DATABASE_RUNS },
    );
  });

  test("of every type show in SQL what the reader shows; oracle: the view of each event", async () => {
    const batch = new EventBatch(1, 2 * CATALOGUE.length);
    batch.texts = ["text"];
    for (const type of CATALOGUE) for (const isNone of [false, true]) appendExample(batch, type, isNone);
    const rows = await queryView(await store([batch]));
    for (const [index, row] of rows.entries()) {
      const { type, fields } = viewEvent(batch, index, (id) => batch.texts[id - 1]!);
      const declared = FIELD_COLUMNS.filter((column) => type.fields[column] !== undefined);
      expect([type.name, ...declared.map((column) => row[SHOWN.indexOf(column)])]).toEqual([
        type.name,
        ...fields.map(({ quantity }) => quantity),
      ]);
    }
    expect(rows).toHaveLength(batch.length);
  });

  test("have null for none in SQL, and figures in their unit; oracle: the numbers written down", async () => {
    const batch = new EventBatch(1, 4);
    batch.texts = ["text"];
    batch.append(EventCode.Trapped, 0, 1, 0, 3, -1, 5, 20);
    batch.append(EventCode.Trapped, 0, 1, 0, 3, 4, -1, -1);
    batch.append(EventCode.PolicyFigureSeen, 0, 1, 0, 1, 1, 0, -2_500_001);
    batch.append(EventCode.ActiveSampled, 0, 1, 0, -1, -1, -1, 500_000);
    const run = await store([batch]);
    const { rows } = await pool.query("select b, c, d from events where run_id = $1 order by position", [run]);
    const expected = [
      { b: null, c: 5, d: "20" },
      { b: 4, c: null, d: "-1" },
      { b: 1, c: 0, d: "-2.500001" },
      { b: -1, c: -1, d: "0.5" },
    ];
    expect(rows).toEqual(expected);
    const { rows: between } = await pool.query("select b, c, d from events_between($1, 1, 4) order by position", [run]);
    expect(between).toEqual(expected);
  });

  test("have one digest, whatever the commits, and the stored one is verified; oracle: one chain over the whole", async () => {
    await fc.assert(
      fc.asyncProperty(history, async ([whole, cuts]) => {
        const run = await store(splitEvents(whole, cuts));
        const chain = new DigestChain();
        chain.update(whole);
        expect(await verifyStoredDigest(pool, run)).toEqual({ position: whole.length, digest: chain.digest() });
        expect((await readHead(pool, run)).digest).toBe(chain.digest());
      }),
      { numRuns: DATABASE_RUNS },
    );
  });

  test("are found by type and VM without a miss; oracle: a filter over the batch in memory", async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.nat(), fc.nat(), async ([whole, cuts], at, max) => {
        const run = await store(splitEvents(whole, cuts));
        const example = at % whole.length;
        const filter = { types: [whole.types[example]!, 7], vm: whole.vms[example]!, limit: (max % 5) + 1 };
        const found = await collect(selectEvents(pool, run, filter));
        const positions = found.flatMap(({ batch, indexes }) => Array.from(indexes, (i) => batch.firstPosition + i));
        const expected = rowsOf([whole])
          .filter((row) => filter.types.includes(row[1]!) && row[3] === filter.vm)
          .map((row) => row[0]);
        expect(positions).toEqual(expected.slice(0, filter.limit));
      }),
      { numRuns: DATABASE_RUNS },
    );
  });

  test("are found by position and by time; oracle: a walk through the batch in memory", async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.nat(), async ([whole, cuts], choice) => {
        const run = await store(splitEvents(whole, cuts));
        const position = (choice % whole.length) + 1;
        expect(rowsOf([await eventAt(pool, run, position)])).toEqual([rowsOf([whole])[position - 1]]);
        const timeNs = choice % (whole.timesNs[whole.length - 1]! + 1);
        const expected = rowsOf([whole]).findLast((row) => row[2]! <= timeNs)?.[0] ?? 0;
        expect(await positionAtTime(pool, run, timeNs)).toBe(expected);
      }),
      { numRuns: DATABASE_RUNS },
    );
  });
});

describe("a fork", () => {
  test("shares the past and continues by itself; oracle: both histories in memory", async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.nat(), async ([whole, cuts], choice) => {
        const parts = splitEvents(whole, [...cuts, choice]);
        const parent = await store(parts);
        const position = choice % whole.length;
        const fork = await createRunRow(pool, { status: "queued", forkOf: { run: parent, position } });
        const { chain } = await digestChainAt(pool, parent, position);
        // The fork lives through the same events again: its digest must then be its parent's.
        await store(
          splitEvents(whole, [position, ...cuts]).filter((part) => part.firstPosition > position),
          fork,
          chain,
        );
        expect(rowsOf(await collect(readEvents(pool, fork)))).toEqual(rowsOf([whole]));
        expect(await readTexts(pool, fork)).toEqual(whole.texts);
        expect((await verifyStoredDigest(pool, fork)).digest).toBe((await readHead(pool, parent)).digest);
        const { rows } = await pool.query<{ position: number }>("select position from events where run_id = $1 order by position", [fork]);
        expect(rows.map((row) => row.position)).toEqual(rowsOf([whole]).map((row) => row[0]));
      }),
      { numRuns: DATABASE_RUNS },
    );
  });

  test("continues its parent's digest at any place in a block; oracle: one chain over all events", async () => {
    const synthetic = new SyntheticHistory({ seed: 2, framePages: 400, vms: 2 });
    const whole = synthetic.next(40_000);
    const cuts = [9_000, 18_500, 18_600, 30_000];
    const parent = await store(splitEvents(whole, cuts));
    for (const position of [8_191, 8_192, 8_193, 16_384, 18_550, 32_768, whole.length]) {
      const { chain, timeNs } = await digestChainAt(pool, parent, position);
      expect(timeNs).toBe(whole.timesNs[position - 1]);
      const fork = await createRunRow(pool, { status: "queued", forkOf: { run: parent, position } });
      await store(
        splitEvents(whole, [position, 20_000]).filter((part) => part.firstPosition > position),
        fork,
        chain,
      );
      expect((await verifyStoredDigest(pool, fork)).digest).toBe((await readHead(pool, parent)).digest);
    }
  });

  test("keeps its parent from being deleted, and everything of a deleted run goes; oracle: the tables themselves", async () => {
    const [whole] = fc.sample(randomEvents(50), { numRuns: 1, seed: 1 }) as [EventBatch];
    const parent = await store([whole]);
    const fork = await createRunRow(pool, { status: "queued", forkOf: { run: parent, position: 1 } });
    await expect(deleteRunHistory(pool, parent)).rejects.toMatchObject({ code: "RUN_STATE" });
    await deleteRunHistory(pool, fork);
    await deleteRunHistory(pool, parent);
    await removeDeletedRuns(pool);
    const { rows } = await pool.query("select 1 from commits where run_id = $1 union all select 1 from run_segments where run_id = $1", [
      parent,
    ]);
    expect(rows).toEqual([]);
    await expect(readHead(pool, parent)).rejects.toMatchObject({ code: "RUN_NOT_FOUND" });
  });
});
