import { caseCount } from "@ballast/core/testing/case-count";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPool, type Pool } from "../database/index.ts";
import { inTransaction } from "../database/pool.ts";
import { createRunRow, loadSegments, readEvents } from "../event-store/index.ts";
import { projectRun } from "./index.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { storeHistory } from "../testing/store-history.ts";
import { SyntheticHistory } from "../testing/synthetic-history.ts";
import { History, RunTexts } from "../history/index.ts";
import { type PageMatcher, physicalPages, realPages, virtualPages } from "../history/page-events.ts";
import {
  entriesOf,
  insertFilter,
  mayHave,
  type NamedPage,
  PageFilterBuilder,
  PageKind,
  rangesWithout,
} from "../history/page-filters/index.ts";

const EVENTS = 140_000;
const FRAMES = 60_000;
const VMS = 3;

let database: TestDatabase;
let pool: Pool;
let run: number;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.connectionString);
  const synthetic = new SyntheticHistory({ seed: 5, framePages: FRAMES, vms: VMS, sharing: true });
  run = await storeHistory(pool, synthetic, { untilPosition: EVENTS, eventsPerCommit: 20_000 });
  await projectRun(pool, new RunTexts(pool), run);
}, 120_000);

afterAll(async () => {
  await pool.end();
  await database.drop();
});

function real(vm: number, page: number): NamedPage {
  return { kind: PageKind.Real, vm, process: 0, page };
}

function frame(page: number): NamedPage {
  return { kind: PageKind.Physical, vm: 0, process: 0, page };
}

function virtual(vm: number, process: number, page: number): NamedPage {
  return { kind: PageKind.Virtual, vm, process, page };
}

const vmNumber = fc.integer({ min: 1, max: VMS });
const asked = fc.oneof(
  fc.tuple(vmNumber, fc.nat(FRAMES / 2)).map(([vm, page]) => real(vm, page)),
  fc.nat(FRAMES / 2).map(frame),
  fc.tuple(vmNumber, fc.integer({ min: 1, max: 2 }), fc.nat(FRAMES / 2)).map(([vm, process, page]) => virtual(vm, process, page)),
);

const MATCHERS: Readonly<Record<NamedPage["kind"], PageMatcher>> = {
  [PageKind.Real]: realPages,
  [PageKind.Physical]: physicalPages,
  [PageKind.Virtual]: virtualPages,
};

/** Positions of events that name a page; every event is looked at. */
async function positionsOf({ kind, vm, process, page }: NamedPage): Promise<number[]> {
  const found: number[] = [];
  for await (const batch of readEvents(pool, run)) {
    for (let i = 0; i < batch.length; i++) {
      const isOwned = kind === PageKind.Physical || (batch.vms[i] === vm && (kind === PageKind.Real || batch.processes[i] === process));
      if (isOwned && MATCHERS[kind].matches(batch, i, page)) found.push(batch.firstPosition + i);
    }
  }
  return found;
}

async function historyOf(history: History, ofRun: number, { kind, vm, process, page }: NamedPage): Promise<number[]> {
  const range = { first: 100_000 };
  const histories = {
    [PageKind.Real]: () => history.pageHistory(ofRun, vm, page, range),
    [PageKind.Physical]: () => history.frameHistory(ofRun, page, range),
    [PageKind.Virtual]: () => history.virtualPageHistory(ofRun, { vm, process, virtualPage: page }, range),
  };
  const { events } = await histories[kind]();
  return events.map(({ position }) => position);
}

test("histories of pages are those without filters, and most ranges are passed over; oracle: every event of the run", async () => {
  let [passedOver, possible] = [0, 0];
  const [segment] = await loadSegments(pool, run);
  await fc.assert(
    fc.asyncProperty(asked, async (page) => {
      const expected = await positionsOf(page);
      expect(await historyOf(new History(pool), run, page)).toEqual(expected);
      for (const { first, last } of await rangesWithout(pool, segment!, entriesOf(page))) {
        expect(expected.filter((position) => first <= position && position <= last)).toEqual([]);
        passedOver += last - first + 1;
      }
      const named = new Set(expected.map((position) => Math.floor(position / 20_000))).size;
      possible += EVENTS - named * 20_000;
    }),
    { numRuns: caseCount(12, 200), examples: [[frame(3)], [real(1, 2)], [real(2, FRAMES)], [virtual(1, 1, 2)]] },
  );
  expect(passedOver).toBeGreaterThan(possible / 2);
}, 120_000);

test("filters that were altered, exchanged or lost change no answer; oracle: every event of the run", async () => {
  const damages = [
    "update page_filters set bits = decode(repeat('00', octet_length(bits)), 'hex')",
    "update page_filters f set bits = o.bits, checksum = o.checksum from page_filters o where o.block = f.block and o.first_position <> f.first_position",
    "update page_filters set last_position = last_position + 20000",
    "delete from page_filters where block % 2 = 0",
    "update page_filters set checksum = null",
  ];
  await pool.query("create table kept_filters as table page_filters");
  for (const damage of damages) {
    await pool.query(`truncate page_filters; insert into page_filters table kept_filters; ${damage}`);
    for (const page of [frame(100), real(2, 77), virtual(2, 1, 77)]) {
      expect([damage, await historyOf(new History(pool), run, page)]).toEqual([damage, await positionsOf(page)]);
    }
  }
  await pool.query("truncate page_filters; insert into page_filters table kept_filters");
}, 120_000);

test("filters whose ranges end within commits pass over whole commits alone; oracle: every event of the run", async () => {
  const { rows } = await pool.query<{ rootRun: number }>('select root_run_id::float8 as "rootRun" from runs where id = $1', [run]);
  await pool.query("truncate page_filters");
  await inTransaction(pool, async (client) => {
    for (let first = 1; first < EVENTS; first += 30_000) {
      const builder = new PageFilterBuilder();
      const last = Math.min(first + 29_999, EVENTS);
      for await (const batch of readEvents(pool, run, { from: first, to: last })) builder.add(batch);
      await insertFilter(client, { rootRun: rows[0]!.rootRun, run }, { first, last }, builder);
    }
  });
  for (let page = 1_000; page < 1_040; page++) {
    expect(await historyOf(new History(pool), run, frame(page))).toEqual(await positionsOf(frame(page)));
  }
  await pool.query("truncate page_filters; insert into page_filters table kept_filters");
}, 120_000);

test("without filters of virtual pages, as earlier versions left runs, their histories are whole; oracle: every event of the run", async () => {
  await pool.query("delete from page_filters where block >= 64");
  for (const page of [virtual(1, 1, 50), real(1, 50)])
    expect(await historyOf(new History(pool), run, page)).toEqual(await positionsOf(page));
  await pool.query("truncate page_filters; insert into page_filters table kept_filters");
});

test("a fork is asked by its parent's filters up to the fork and no further; oracle: the parent's history up to there", async () => {
  const position = 95_000;
  const fork = await createRunRow(pool, { status: "queued", forkOf: { run, position } });
  for (const page of [frame(500), real(1, 300), virtual(1, 1, 300)]) {
    const expected = (await positionsOf(page)).filter((each) => each <= position);
    expect(await historyOf(new History(pool), fork, page)).toEqual(expected);
  }
  await pool.query("delete from run_segments where run_id = $1", [fork]);
  await pool.query("delete from runs where id = $1", [fork]);
});

test("a page that was entered is always found, one in twenty others at most; oracle: the events", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const batch = new SyntheticHistory({ seed, framePages: 20_000, vms: 2 }).next(20_000);
      const builder = new PageFilterBuilder();
      builder.add(batch);
      const blocks = builder.finish();
      const has = (vm: number, page: number): boolean => entriesOf(real(vm, page)).some(({ block, hash }) => mayHave(blocks[block]!, hash));
      const named = new Set<number>();
      for (let i = 0; i < batch.length; i++) {
        for (const { first, end } of realPages.placesOf(batch.types[i]!) ?? []) {
          if (end !== undefined || batch.vms[i] !== 1) continue;
          named.add(batch[first][i]!);
          expect(has(1, batch[first][i]!)).toBe(true);
        }
      }
      // Beyond the pages of the VM, each in a tile of its own: none of them is named.
      const others = Array.from({ length: 5_000 }, (_, index) => 1_000_000 + index * 5_000);
      expect(others.filter((page) => has(1, page)).length).toBeLessThan(250);
      expect(named.size).toBeGreaterThan(100);
    }),
    { numRuns: caseCount(3, 50) },
  );
});
