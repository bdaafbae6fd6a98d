import fc from "fast-check";
import type { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { caseCount } from "@ballast/core/testing/case-count";
import { createPool } from "../../database/index.ts";
import { createTestDatabase, type TestDatabase } from "../../testing/index.ts";
import { type ListedRun, storeListedRun } from "../listed-runs.fixture.ts";
import { RUN_SORT_KEYS, type RunFilter, type RunOrder, type RunSortKey, SORT_DIRECTIONS } from "../run-list.ts";
import { SqlConditions } from "../store/run-conditions.ts";
import { limitToPart, partsAfter } from "../store/run-order.ts";
import { PostgresRunReader } from "./run-reader.ts";

const KEYS = Object.keys(RUN_SORT_KEYS) as RunSortKey[];
const DAY_MS = 86_400_000;
const BEGIN_MS = Date.UTC(2026, 0, 1);

type Stored = ListedRun & { readonly id: string; readonly logId: number };

let database: TestDatabase;
let pool: Pool;
let reader: PostgresRunReader;
const stored: Stored[] = [];

/** Few different values, so that many runs are equal in each. */
const anyRun: fc.Arbitrary<ListedRun> = fc.record({
  scenario: fc.constantFrom("Sample", "boot-storm", "100%_full"),
  policy: fc.constantFrom("esx", "host-swap"),
  seed: fc.constantFrom(1, 2, 2 ** 52),
  status: fc.constantFrom("completed", "running", "failed"),
  label: fc.constantFrom(null, "tour", "exercise"),
  createdAt: fc.nat(5).map((days) => new Date(BEGIN_MS + days * DAY_MS)),
  finishedAt: fc.option(fc.nat(3).map((ms) => new Date(BEGIN_MS + ms))),
  accesses: fc.constantFrom(0, 7, 2 ** 53 - 1),
  results: fc.option(fc.record({ workNs: fc.option(fc.nat(2)), faults: fc.option(fc.constantFrom(3, 1e15)) })),
});

async function store(listed: ListedRun): Promise<Stored> {
  const run = { ...listed, ...(await storeListedRun(pool, listed)) };
  stored.push(run);
  return run;
}

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.connectionString);
  reader = new PostgresRunReader(pool);
  for (const listed of fc.sample(anyRun, { numRuns: 40, seed: 4 })) await store(listed);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const VALUES: Readonly<Record<RunSortKey, (run: Stored) => number | null>> = {
  created: ({ logId }) => logId,
  finished: ({ finishedAt }) => finishedAt?.getTime() ?? null,
  workTime: ({ results }) => results?.workNs ?? null,
  accesses: ({ accesses }) => accesses,
  faults: ({ results }) => results?.faults ?? null,
};

const MATCHES: { readonly [Part in keyof Required<RunFilter>]: (run: Stored, wanted: NonNullable<RunFilter[Part]>) => boolean } = {
  status: ({ status }, wanted) => status === wanted,
  scenario: ({ scenario }, wanted) => scenario === wanted,
  policy: ({ policy }, wanted) => policy === wanted,
  seed: ({ seed }, wanted) => seed === wanted,
  createdFrom: ({ createdAt }, wanted) => createdAt >= wanted,
  createdBefore: ({ createdAt }, wanted) => createdAt < wanted,
  search: ({ id, scenario, policy }, wanted) => [id, scenario, policy].some((text) => text.toLowerCase().includes(wanted.toLowerCase())),
  label: ({ label }, wanted) => label === wanted,
  withoutLabels: ({ label }, wanted) => label === null || !wanted.includes(label),
};

/** The oracle: filter and sort of the language over what was stored. */
function expectedIds(runs: readonly Stored[], filter: RunFilter, { by, direction }: RunOrder): string[] {
  const sign = direction === "ascending" ? 1 : -1;
  const matching = runs.filter((run) =>
    (Object.keys(filter) as (keyof RunFilter)[]).every((part) =>
      (MATCHES[part] as (run: Stored, wanted: unknown) => boolean)(run, filter[part]),
    ),
  );
  const compare = (one: Stored, other: Stored): number => {
    const [first, second] = [VALUES[by](one), VALUES[by](other)];
    if ((first === null) !== (second === null)) return first === null ? 1 : -1;
    return sign * ((first ?? 0) - (second ?? 0) || one.logId - other.logId);
  };
  return matching.toSorted(compare).map(({ id }) => id);
}

async function pages(filter: RunFilter, order: RunOrder, first: number, between: () => Promise<void> = async () => {}): Promise<string[]> {
  const found: string[] = [];
  for (let after: string | undefined; ;) {
    const page = await reader.listRuns({ ...filter, order, first, after });
    found.push(...page.items.map(({ id }) => id));
    expect(page.cursors.at(-1) ?? null).toBe(page.endCursor);
    if (!page.hasMore) return found;
    after = page.endCursor ?? "";
    await between();
  }
}

const anyOrder: fc.Arbitrary<RunOrder> = fc.record({ by: fc.constantFrom(...KEYS), direction: fc.constantFrom(...SORT_DIRECTIONS) });
const FILTERS: { readonly [Part in keyof Required<RunFilter>]: fc.Arbitrary<NonNullable<RunFilter[Part]>> } = {
  status: fc.constantFrom("completed", "running", "failed"),
  scenario: fc.constantFrom("Sample", "boot-storm", "none"),
  policy: fc.constantFrom("esx", "host-swap"),
  seed: fc.constantFrom(1, 2 ** 52),
  createdFrom: fc.nat(6).map((days) => new Date(BEGIN_MS + days * DAY_MS)),
  createdBefore: fc.nat(6).map((days) => new Date(BEGIN_MS + days * DAY_MS)),
  label: fc.constantFrom("tour", "exercise", "none"),
  withoutLabels: fc.subarray(["tour", "exercise", "none"]),
  search: fc.constantFrom("sAMP", "%", "_", "-", "SWAP", "e", "'", "a"),
};
/** More parts of a filter than two leave hardly a run. */
const anyFilter: fc.Arbitrary<RunFilter> = fc
  .subarray(Object.entries(FILTERS), { maxLength: 2 })
  .chain((parts) => fc.record(Object.fromEntries<fc.Arbitrary<unknown>>(parts)) as fc.Arbitrary<RunFilter>);

describe("lists of runs", () => {
  test("have the runs that match, in their order, on pages of any size, and count them; oracle: filter and sort of the language", async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter, anyOrder, fc.integer({ min: 1, max: 30 }), async (filter, order, first) => {
        const expected = expectedIds(stored, filter, order);
        expect(await pages(filter, order, first)).toEqual(expected);
        expect(await reader.countRuns(filter)).toBe(expected.length);
      }),
      { numRuns: caseCount(60, 2_000) },
    );
  });

  test("show each run once that is there all the time, while others are added and deleted between pages", async () => {
    await fc.assert(
      fc.asyncProperty(anyOrder, fc.integer({ min: 7, max: 12 }), fc.infiniteStream(anyRun), async (order, first, news) => {
        const before = [...stored];
        const added: Stored[] = [];
        const found = await pages({}, order, first, async () => {
          const gone = added.shift();
          if (gone !== undefined) await remove(gone);
          for (let count = 0; count < 2; count++) added.push(await store(news.next().value));
        });
        const kept = new Set(before.map(({ id }) => id));
        expect(new Set(found).size).toBe(found.length);
        expect(found.filter((id) => kept.has(id))).toEqual(expectedIds(before, {}, order));
        for (const run of added) await remove(run);
      }),
      { numRuns: caseCount(5, 200) },
    );
  });

  test("refuse cursors of a list in another order, and what is no cursor", async () => {
    const { endCursor } = await reader.listRuns({ first: 1, order: { by: "faults", direction: "ascending" } });
    for (const [after, message] of [
      [endCursor ?? "", "it is of one that is sorted by faults ascending"],
      ["x", "is no cursor of this list"],
      [Buffer.from("faults descending NaN 1").toString("base64url"), "is no cursor of this list"],
    ] as const) {
      const list = reader.listRuns({ first: 1, after, order: { by: "faults", direction: "descending" } });
      await expect(list).rejects.toMatchObject({ code: "CURSOR_INVALID", message: expect.stringContaining(message) });
    }
  });

  test.each(KEYS.flatMap((by) => SORT_DIRECTIONS.map((direction): RunOrder => ({ by, direction }))))(
    "read only the runs of a page, by an index: $by $direction; oracle: Postgres's plan",
    async (order) => {
      const place = { value: order.by === "finished" ? BEGIN_MS * 1000 : 3, logId: 3 };
      const parts = [place, { ...place, value: null }].flatMap((after) => partsAfter(order, after).map((part) => ({ after, part })));
      for (const { after, part } of parts) {
        const conditions = SqlConditions.of({});
        const orderBy = limitToPart(conditions, order, part, after);
        const client = await pool.connect();
        await client.query("begin; set local enable_sort = off; set local enable_seqscan = off; set local enable_incremental_sort = off");
        const text = `explain (costs off) select r.id from runs r join run_jobs j on j.run_id = r.id ${conditions.where} ${orderBy} limit 5`;
        const { rows } = await client.query<{ "QUERY PLAN": string }>(text, conditions.values);
        await client.query("rollback");
        client.release();
        const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
        expect(plan).toMatch(/Index (Only )?Scan/);
        expect(plan).not.toMatch(/Sort|Seq Scan|Bitmap/);
      }
    },
  );
});

async function remove(run: Stored): Promise<void> {
  stored.splice(stored.indexOf(run), 1);
  await pool.query("delete from runs where id = $1", [run.logId]);
}
