import { type MachineTables, machineFacts } from "@ballast/core/memory";
import * as fc from "fast-check";
import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Damage } from "../database/checksums/index.ts";
import { createPool, type Pool } from "../database/index.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { describeTables } from "../testing/machine-tables.ts";
import { entryIn, entryOf, tableIds } from "../testing/table-entries.ts";
import { storeHistory } from "../testing/store-history.ts";
import { SyntheticHistory } from "../testing/synthetic-history.ts";
import { FACTS_ALONE } from "./keyframe-checks.ts";
import { History, keyframeParts, rebuildStaleKeyframes } from "./index.ts";
import { caseCount } from "@ballast/core/testing/case-count";

const EVENTS = 420_000;
const DAMAGES = caseCount(8, 300);

let database: TestDatabase;
let pool: Pool;
let run: number;
/** Positions of keyframes, and what the state was there before anything was damaged. */
let keyframes: number[];
let withTables: number[];
let head: number;
let last: MachineTables;
const undamaged = new Map<number, Record<string, unknown>>();

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.connectionString);
  const synthetic = new SyntheticHistory({ seed: 11, framePages: 3_000, vms: 3, sharing: true });
  run = await storeHistory(pool, synthetic, { untilPosition: EVENTS, eventsPerCommit: 9_000 });
  last = synthetic.machine;
  head = last.position;
  await pool.query("create table kept_keyframes as table keyframes; create table kept_parts as table keyframe_parts");
  const { rows } = await pool.query<{ position: number; full: number }>(
    "select position, full_position as full from keyframes order by position",
  );
  keyframes = rows.map(({ position }) => position);
  withTables = rows.filter(({ full }) => full !== FACTS_ALONE).map(({ position }) => position);
  for (const position of keyframes.flatMap((at) => [at, soonAfter(at)]))
    undamaged.set(position, describeTables(await new History(pool).stateAt(run, { position })));
}, 120_000);

afterAll(async () => {
  await pool.end();
  await database.drop();
});

function soonAfter(position: number): number {
  return Math.min(position + 10, head);
}

/** All entries of all tables, each table read by itself. */
async function hashEntries(history: History, position: number): Promise<string[]> {
  return await Promise.all(
    tableIds(last).map(async ([table, end]) => {
      const entries = await history.entriesAt(run, { position }, { table, first: 0, end });
      return hashOf(end, (page) => entryIn(entries, table, page));
    }),
  );
}

function hashWhole(machine: MachineTables): string[] {
  return tableIds(last).map(([table, end]) => hashOf(end, (page) => entryOf(machine, table, page)));
}

function hashOf(end: number, entry: (page: number) => unknown): string {
  const hash = createHash("sha1");
  for (let page = 0; page < end; page += 7) hash.update(JSON.stringify(entry(page)));
  return hash.digest("hex");
}

async function repair(): Promise<void> {
  await pool.query(
    "truncate keyframes, keyframe_parts; insert into keyframes table kept_keyframes; insert into keyframe_parts table kept_parts",
  );
}

async function storedKeyframes(): Promise<unknown> {
  const { rows } = await pool.query(
    "select k.*, (select string_agg(md5(p::text), ',' order by part) from keyframe_parts p where p.position = k.position) from keyframes k order by position",
  );
  return rows;
}

async function found(): Promise<Damage[]> {
  const all: Damage[] = [];
  for await (const part of keyframeParts.damages(pool, run)) all.push(part);
  return all;
}

/** SQL that damages a row at position $1, or exchanges it with that at $2. `at` places a flip. */
const KINDS = {
  "facts flipped": (at: number) =>
    `update keyframes set facts = set_byte(facts, ${at} % length(facts), get_byte(facts, ${at} % length(facts)) # ${1 << (at % 8)}) where position = $1`,
  "part flipped": (at: number) =>
    `update keyframe_parts set bytes = set_byte(bytes, ${at} % length(bytes), get_byte(bytes, ${at} % length(bytes)) # ${1 << (at % 8)}) where position = $1`,
  "facts cut": (at: number) => `update keyframes set facts = substring(facts for ${at} % length(facts)) where position = $1`,
  "part cut": (at: number) => `update keyframe_parts set bytes = substring(bytes for ${at} % length(bytes)) where position = $1`,
  "facts emptied": () => "update keyframes set facts = '' where position = $1",
  "part emptied": () => "update keyframe_parts set bytes = '' where position = $1",
  "part deleted": () => "delete from keyframe_parts where position = $1",
  "row deleted": () => "delete from keyframes where position = $1",
  "part moved": () => "update keyframe_parts set part = part + 1000 where position = $1",
  "facts of another": () => "update keyframes k set facts = o.facts from kept_keyframes o where k.position = $1 and o.position = $2",
  "part of another": () =>
    "update keyframe_parts p set bytes = o.bytes, checksum = o.checksum from kept_parts o where p.position = $1 and p.part = o.part and o.position = $2",
  "row of another": () =>
    "update keyframes k set facts = o.facts, part_count = o.part_count, checksum = o.checksum from kept_keyframes o where k.position = $1 and o.position = $2",
  "base changed": () =>
    "update keyframes set base_position = null, full_position = position where position = $1 and base_position is not null",
  "texts miscounted": () => "update keyframes set text_count = text_count + 1 where position = $1",
  "parts miscounted": () => "update keyframes set part_count = part_count - 1 where position = $1",
  "checksum lost": () => "update keyframes set checksum = null where position = $1",
} as const;
type Kind = keyof typeof KINDS;

async function damage(kind: Kind, position: number, other: number, at: number): Promise<void> {
  const text = KINDS[kind](at);
  await pool.query(text, text.includes("$2") ? [position, other] : [position]);
}

test.each(Object.keys(KINDS) as Kind[])(
  "with its %s, a keyframe is passed over; oracle: the states before the damage",
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.nat(), async (which, another, at) => {
        await repair();
        const damageable = kind.includes("part") ? withTables : keyframes;
        const position = damageable[which % damageable.length]!;
        const other =
          keyframes.find((candidate, index) => index >= another % keyframes.length && candidate !== position) ??
          keyframes.find((candidate) => candidate !== position)!;
        await damage(kind, position, other, at);
        const heard: unknown[] = [];
        const history = new History(pool, { onDamage: (_run, error) => heard.push(error) });
        const parts = new History(pool, { onDamage: (_run, error) => heard.push(error) });
        for (const asked of [position, soonAfter(position), soonAfter(keyframes.at(-1)!)]) {
          expect(machineFacts(await history.outlineAt(run, { position: asked }))).toEqual(undamaged.get(asked)?.["facts"]);
          const entries = at % 2 === 0 ? await hashEntries(parts, asked) : undefined;
          const machine = await history.stateAt(run, { position: asked });
          expect(describeTables(machine)).toEqual(undamaged.get(asked));
          expect(entries ?? (await hashEntries(parts, asked))).toEqual(hashWhole(machine));
        }
        for (const error of heard) expect(error).toMatchObject({ name: "KeyframeDamaged" });
      }),
      { numRuns: Math.ceil(DAMAGES / 8) },
    );
  },
  300_000,
);

test("a damaged keyframe is found by the check, told once, and made again in the background; oracle: the rows before", async () => {
  await repair();
  const before = await storedKeyframes();
  expect(await found()).toEqual([]);
  const [full, coarse] = withTables;
  await damage("part flipped", full!, 0, 99);
  await damage("facts cut", coarse!, 0, 5);
  expect((await found()).map(({ positions }) => positions?.first)).toEqual([full, coarse]);
  const heard: unknown[] = [];
  const history = new History(pool, { onDamage: (_run, error) => heard.push(error) });
  const position = soonAfter(keyframes.at(-1)!);
  for (let i = 0; i < 3; i++) expect(describeTables(await history.ownStateAt(run, { position }))).toEqual(undamaged.get(position));
  expect(heard).toHaveLength(1);
  // The run is not over: it waits, and nothing is tried in vain.
  await pool.query("update runs set status = 'running'");
  expect(await rebuildStaleKeyframes(pool)).toBe(false);
  await pool.query("update runs set status = 'completed'");
  expect([await rebuildStaleKeyframes(pool), await rebuildStaleKeyframes(pool)]).toEqual([true, false]);
  expect(await storedKeyframes()).toEqual(before);
  expect(await found()).toEqual([]);
}, 120_000);
