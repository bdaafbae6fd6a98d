import { BallastError } from "@ballast/core/errors";
import fc from "fast-check";
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HistoryDamagedError } from "../database/checksums/index.ts";
import { createPool, type Pool } from "../database/index.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { SyntheticHistory } from "../testing/synthetic-history.ts";
import { COMMIT_HEADER, COMMIT_PLANES, RUN_HEAD, RUN_SEGMENT } from "./commit-parts.ts";
import {
  createRunRow,
  DigestChain,
  digestChainAt,
  eventAt,
  latestCheckpoint,
  logDamages,
  positionAtTime,
  prepareCommit,
  readEvents,
  readHead,
  readTexts,
  RunWriter,
  saveCheckpoint,
  selectEvents,
} from "./index.ts";
import { caseCount, isLongRun } from "@ballast/core/testing/case-count";

/** Cases of each test; thousands take minutes. */
const CASES = caseCount(50, 3_000);
const COMMITS = 20;
const EVENTS = 1_000;

let database: TestDatabase;
/** One connection: what is damaged in a transaction is seen by every reader of it, and rolled back. */
let pool: Pool;
let run: number;
let other: number;
type Stretch = { readonly first: number; readonly last: number; readonly key: number };
let commits: Stretch[];

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.connectionString, { max: 1 });
  [run, other] = [await store(1), await store(2)];
  const { rows } = await pool.query<Stretch>(
    "select first_position as first, last_position as last, last_position as key from commits where run_id = $1 order by 1",
    [run],
  );
  commits = rows;
  for (const read of Object.values(READS)) for (const place of PLACES) await expectedOf(read, place);
}, 60_000);
afterAll(async () => {
  await pool.end();
  await database.drop();
});

async function store(seed: number): Promise<number> {
  const number = await createRunRow(pool, { status: "completed" });
  const writer = new RunWriter(pool, number, { owner: null, epoch: 0 });
  const [history, chain] = [new SyntheticHistory({ seed, framePages: 300, vms: 3 }), new DigestChain()];
  for (let i = 0; i < COMMITS; i++) await writer.append(prepareCommit(history.next(EVENTS), chain));
  writer.close();
  return number;
}

const PLACES = Array.from({ length: 20 }, (_, index) => index / 20);

/** Answers by a place in the run, from 0 to 1; each is a text that shows every difference. */
type Read = (place: number) => Promise<string>;
const at = (place: number): number => 1 + Math.floor(place * (commits.at(-1)!.last - 1));

const READS: Readonly<Record<string, Read>> = {
  events: async (place) => {
    const hash = createHash("sha256");
    let count = 0;
    for await (const batch of readEvents(pool, run, { from: at(place), to: at(Math.min(place + 0.3, 1)) })) {
      count += batch.length;
      for (const column of [batch.types, batch.timesNs, batch.vms, batch.processes, batch.a, batch.b, batch.c, batch.d, batch.decisions])
        hash.update(column.subarray(0, batch.length));
      hash.update(JSON.stringify(batch.texts));
    }
    return `${count} ${hash.digest("hex")}`;
  },
  "the end": async () => {
    let last = 0;
    for await (const batch of readEvents(pool, run, { from: at(0.9) })) last = batch.lastPosition;
    return String(last);
  },
  "events of a type": async (place) => {
    let found = "";
    const filter = { from: at(place), types: [Math.floor(place * 40)], vm: 1, limit: 50 };
    for await (const { batch, indexes } of selectEvents(pool, run, filter)) for (const i of indexes) found += `${batch.firstPosition + i},`;
    return found;
  },
  "an event": async (place) => JSON.stringify(await eventAt(pool, run, at(place))),
  texts: async (place) => JSON.stringify(await readTexts(pool, run, 1 + Math.floor(place * 10))),
  "a time": async (place) => String(await positionAtTime(pool, run, Math.floor(place * (await lastTime())))),
  "a digest": async (place) => (await digestChainAt(pool, run, at(place))).chain.digest(),
  head: async () => {
    const { position, timeNs, digest, textCount } = await readHead(pool, run);
    return JSON.stringify({ position, timeNs, digest, textCount });
  },
};

let known: number | undefined;
async function lastTime(): Promise<number> {
  known ??= (await readHead(pool, run)).timeNs;
  return known;
}

const expected = new Map<string, string>();
async function expectedOf(read: Read, place: number): Promise<string> {
  const key = `${Object.values(READS).indexOf(read)}:${place}`;
  const answer = expected.get(key) ?? (await read(place));
  expected.set(key, answer);
  return answer;
}

/** What a random case needs: numbers below 1 that choose. */
type Dice = readonly [what: number, where: number, which: number, value: number];
const die = fc.double({ min: 0, max: 0.999_999, noNaN: true });
const dice: fc.Arbitrary<Dice> = fc.tuple(die, die, die, die);
const pick = <T>(values: readonly T[], by: number): T => values[Math.floor(by * values.length)]!;

const BYTES = [
  ...COMMIT_PLANES.names.filter((name) => COMMIT_PLANES.typeOf(name) === "bytea"),
  "planes_checksum",
  "block_digests",
  "checksum",
];
const NUMBERS = [
  ...COMMIT_PLANES.names.filter((name) => COMMIT_PLANES.typeOf(name) === "int8"),
  ...COMMIT_HEADER.names.filter((name) => COMMIT_HEADER.typeOf(name).startsWith("int") && !COMMIT_HEADER.typeOf(name).endsWith("[]")),
];
const BITS = (column: string): string =>
  `set_bit(${column}, least($2::bigint, length(${column}) * 8 - 1), 1 - get_bit(${column}, least($2::bigint, length(${column}) * 8 - 1)))`;

/** Statements on one commit by its last position $1; $2 is a number from 0 to 9,999. */
const DAMAGES: Readonly<Record<string, (thrown: Dice) => string>> = {
  "one bit": ([, , which]) => set(pick(BYTES, which), BITS(pick(BYTES, which))),
  shortened: ([, , which]) =>
    set(pick(BYTES, which), `substr(${pick(BYTES, which)}, 1, greatest(length(${pick(BYTES, which)}) - 1 - $2::integer % 5, 0))`),
  lengthened: ([, , which]) => set(pick(BYTES, which), `coalesce(${pick(BYTES, which)}, '') || '\\x01'`),
  emptied: ([, , which]) => set(pick(BYTES, which), "''"),
  "set to null": ([, , which]) => (pick(BYTES, which) === "block_digests" ? set("block_digests", "''") : set(pick(BYTES, which), "null")),
  "a number": ([, , which, value]) =>
    set(pick(NUMBERS, which), `${pick(NUMBERS, which)} + ${pick(["1", "-1", "$2::integer + 1", "-$2::integer - 1"], value)}`),
  "an array": ([, , which, value]) => {
    const column = pick(["types", "type_counts", "vms"], which);
    return set(
      column,
      pick([`'{}'`, `${column}[2:]`, `array_append(${column}, 3)`, `array_replace(${column}, ${column}[1], ${column}[1] + 1)`], value)
        .replaceAll("3)", column === "types" ? "3::smallint)" : "3)")
        .replace("+ 1)", column === "types" ? "+ 1::smallint)" : "+ 1)"),
    );
  },
  texts: ([, , which]) => set("texts", pick([`'{}'`, "array_append(texts, 'another')", "texts[2:]"], which)),
  digest: ([, , which]) =>
    set("digest", pick(["reverse(digest)", "''", "overlay(digest placing '0' from 7)", "overlay(digest placing 'f' from 7)"], which)),
  deleted: () => "delete from commits where run_id = RUN and last_position = $1 and $2::bigint is not null",
  "planes of the commit before": () =>
    `update commits c set (a_base, a_0, vm_0, planes_checksum) = (select o.a_base, o.a_0, o.vm_0, o.planes_checksum from commits o
       where o.run_id = RUN and o.last_position < $1 order by 1 limit 1) where c.run_id = RUN and c.last_position = $1 and $2::bigint is not null`,
  "a row of another run": () =>
    `with gone as (delete from commits where run_id = RUN and last_position = $1 and $2::bigint is not null)
     update commits set run_id = RUN, root_run_id = RUN, last_position = last_position where run_id = OTHER
       and last_position = (select min(last_position) from commits where run_id = OTHER and last_position >= $1)`,
};

function set(column: string, value: string): string {
  return `update commits set ${column} = ${value} where run_id = RUN and last_position = $1 and $2::bigint is not null`;
}

/** Undefined if Postgres itself refuses the change, or nothing changed. */
async function damaged<Result>(statement: string, values: unknown[], work: () => Promise<Result>): Promise<Result | undefined> {
  await pool.query("begin");
  try {
    const before = await snapshot();
    const isDone = await pool.query(statement.replaceAll("RUN", String(run)).replaceAll("OTHER", String(other)), values).then(
      () => true,
      () => false,
    );
    if (!isDone) return undefined;
    return before === (await snapshot()) ? undefined : await work();
  } finally {
    await pool.query("rollback");
  }
}

async function snapshot(): Promise<string> {
  const { rows } = await pool.query<{ text: string }>(
    `select md5(coalesce(string_agg(md5(c::text), '' order by c.last_position), '')) || (select string_agg(r::text, '') from runs r)
       || (select coalesce(string_agg(md5(k::text), '' order by position, part), '') from checkpoints k) as text from commits c where run_id = $1`,
    [run],
  );
  return rows[0]!.text;
}

/** The answer is the undamaged one, or an error that names the positions of the damage. Returns which of them. */
async function expectTruth(read: Read, place: number, damage: Stretch): Promise<"same" | "refused"> {
  const right = expected.get(`${Object.values(READS).indexOf(read)}:${place}`)!;
  try {
    expect(await read(place)).toBe(right);
    return "same";
  } catch (error) {
    if (!(error instanceof HistoryDamagedError)) throw error;
    const { first, last } = error.damage.positions!;
    expect({ first, last, overlaps: first <= damage.last && last >= damage.first }).toMatchObject({ overlaps: true });
    return "refused";
  }
}

describe("of a run whose commit is damaged", () => {
  test.each(Object.keys(DAMAGES))(
    "%s: every read gives what the undamaged run gives or HISTORY_DAMAGED with its positions, and the other commits can be read",
    async (kind) => {
      let refused = 0;
      await fc.assert(
        fc.asyncProperty(dice, fc.integer({ min: 0, max: 9_999 }), fc.integer({ min: 0, max: 19 }), async (thrown, number, step) => {
          const commit = pick(commits, thrown[1]);
          const place = PLACES[step]!;
          await damaged(DAMAGES[kind]!(thrown), [commit.key, number], async () => {
            for (const read of Object.values(READS)) if ((await expectTruth(read, place, commit)) === "refused") refused++;
            const intact = commits[(commits.indexOf(commit) + 1 + (number % (COMMITS - 1))) % COMMITS]!;
            const batches = [];
            for await (const batch of readEvents(pool, run, { from: intact.first, to: intact.last })) batches.push(batch);
            expect(batches.map(({ firstPosition, lastPosition }) => [firstPosition, lastPosition])).toEqual([[intact.first, intact.last]]);
          });
        }),
        { numRuns: Math.ceil(CASES / Object.keys(DAMAGES).length) },
      );
      // A few draws may all miss the damage.
      if (isLongRun) expect(refused).toBeGreaterThan(0);
    },
    600_000,
  );

  test("verify --quick finds each of them, and nothing where nothing is damaged", async () => {
    const found = async (): Promise<Stretch[]> => {
      const damages = [];
      for await (const { positions } of logDamages(pool, run)) damages.push({ ...positions!, key: 0 });
      return damages;
    };
    expect(await found()).toEqual([]);
    await fc.assert(
      fc.asyncProperty(dice, fc.integer({ min: 0, max: 9_999 }), async (thrown, number) => {
        const commit = pick(commits, thrown[1]);
        await damaged(pick(Object.values(DAMAGES), thrown[0])(thrown), [commit.key, number], async () => {
          const damages = await found();
          expect(damages.some(({ first, last }) => first <= commit.last && last >= commit.first)).toBe(true);
        });
      }),
      { numRuns: Math.ceil(CASES / 8) },
    );
  }, 600_000);
});

test("a damaged head is read from the last commit, and found", async () => {
  const changes = RUN_HEAD.names
    .filter((name) => name !== "id")
    .map((name) => (name === "head_digest" ? "head_digest = reverse(head_digest)" : `${name} = ${name} + $1`));
  await fc.assert(
    fc.asyncProperty(
      fc.nat(changes.length - 1),
      fc.integer({ min: -20_000, max: 20_000 }).filter((n) => n !== 0),
      async (which, by) => {
        await damaged(`update runs set ${changes[which]} where id = RUN and $1::integer is not null`, [by], async () => {
          expect(await READS["head"]!(0)).toBe(expected.get(`${Object.keys(READS).indexOf("head")}:0`));
          expect(await READS["the end"]!(0)).toBe(expected.get(`${Object.keys(READS).indexOf("the end")}:0`));
          const parts = [];
          for await (const { part } of logDamages(pool, run)) parts.push(part);
          expect(parts).toContain("head");
        });
      },
    ),
    { numRuns: Math.ceil(CASES / 10) },
  );
}, 600_000);

async function codeOf(answer: Promise<unknown>): Promise<string> {
  return await answer.then(
    () => "an answer",
    (error: unknown) => (error instanceof BallastError ? error.code : String(error)),
  );
}

test("a damaged segment is HISTORY_DAMAGED", async () => {
  const refusals: string[] = [];
  for (const change of [
    ...RUN_SEGMENT.names.map((name) => `update run_segments set ${name} = ${name} + 1 where run_id = ${run}`),
    `delete from run_segments where run_id = ${run}`,
    `update run_segments set checksum = null where run_id = ${run}`,
  ]) {
    const reader = createPool(database.connectionString, { max: 1 });
    await reader.query("begin");
    await reader.query(change).then(
      async () => refusals.push(await codeOf(eventAt(reader, run, 1))),
      () => undefined,
    );
    await reader.query("rollback");
    await reader.end();
  }
  expect(refusals.length).toBeGreaterThan(4);
  expect(new Set(refusals)).toEqual(new Set(["HISTORY_DAMAGED"]));
}, 60_000);

test("a damaged checkpoint is passed over for the one before; oracle: the bytes that were saved", async () => {
  const bytes = [1, 2].map((seed) => Buffer.alloc(5_000, createHash("sha256").update(String(seed)).digest()));
  for (const [index, saved] of bytes.entries()) await saveCheckpoint(pool, run, 100 + index, saved);
  const changes = [
    "bytes = set_bit(bytes, $1::bigint % (length(bytes) * 8), 1 - get_bit(bytes, $1::bigint % (length(bytes) * 8)))",
    "bytes = substr(bytes, 1, length(bytes) - 1 - $1::integer % 20)",
    "bytes = ''",
    "part = part + 1 + $1::integer",
    "part_count = part_count + 1 + $1::integer",
    "checksum = set_bit(checksum, $1::bigint % 64, 1 - get_bit(checksum, $1::bigint % 64))",
    "bytes = (select bytes from checkpoints where run_id = RUN and position = 100)",
    "position = position + 1 + $1::integer",
  ];
  await fc.assert(
    fc.asyncProperty(fc.nat(changes.length - 1), fc.nat(9_999), async (which, number) => {
      await damaged(
        `update checkpoints set ${changes[which]} where run_id = RUN and position = 101 and $1::integer is not null`,
        [number],
        async () => {
          const passed: number[] = [];
          const found = await latestCheckpoint(pool, run, undefined, (position) => passed.push(position));
          expect({ position: found?.position, passed: passed.length, isEqual: bytes[0]!.equals(found!.bytes) }).toEqual({
            position: 100,
            passed: 1,
            isEqual: true,
          });
        },
      );
    }),
    { numRuns: Math.ceil(CASES / 5) },
  );
}, 600_000);
