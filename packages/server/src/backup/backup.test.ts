import * as fc from "fast-check";
import { randomUUID } from "node:crypto";
import { PassThrough } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { machineFacts } from "@ballast/core/memory";
import { caseCount, smallVm } from "@ballast/core/testing";
import { createPool, type Pool } from "../database/index.ts";
import { verifyStoredDigest } from "../event-store/index.ts";
import { runsOf as runsOfExperiment } from "../experiments/index.ts";
import { History } from "../history/index.ts";
import { projectRun, readSeries } from "../projections/index.ts";
import { RunTexts } from "../history/index.ts";
import { importTrace, loadTrace, tracesOfRun } from "../traces/index.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { describeTables } from "../testing/machine-tables.ts";
import { type TestBench, openTestBench } from "../runs/test-bench.fixture.ts";
import { interactiveScenario, thrashingScenario } from "../runs/scenarios.fixture.ts";
import { BACKED_UP_TABLES, NOT_BACKED_UP } from "./backed-up-tables.ts";
import { MAGIC, PART_BYTES } from "./backup-format.ts";
import { checkBackup, restoreBackup, writeBackup } from "./index.ts";

/** A database with all that a backup can hold: finished and unfinished runs, a comparison, a trace, a key, a command. */
let source: TestBench;
let target: TestDatabase;
let pool: Pool;
let saved: Buffer;
const KEY = randomUUID();

beforeAll(async () => {
  source = await openTestBench();
  await importText(source.pool, "kept", "1\n2\n3\n1\n");
  await importText(source.pool, "unused", "9\n");
  const executor = source.startExecutor();
  const replaying = smallVm("replaying", 16, { kind: "trace", trace: "kept", times: 2 });
  const scenario = { ...thrashingScenario(400), vms: [...thrashingScenario(400).vms, replaying] };
  const compared = await source.experiments.startExperiment({
    scenario,
    variants: [{ policy: "no-reclaim" }, { policy: "host-swap" }],
    seeds: 1,
    uncommitted: false,
    idempotencyKey: KEY,
  });
  for (const run of runsOfExperiment(compared)) await source.ended(run);
  const lab = await source.runs.startRun({ scenario: interactiveScenario() });
  await source.reached(lab.id, "waiting");
  for (const { logId } of await runsOf(source.pool)) await projectRun(source.pool, new RunTexts(source.pool), logId);
  await executor.stop();
  saved = await save(source.pool);
}, 120_000);

beforeAll(async () => {
  target = await createTestDatabase();
  pool = createPool(target.connectionString);
});

afterAll(async () => {
  await source.close();
  await pool.end();
  await target.drop();
});

async function importText(into: Pool, name: string, text: string): Promise<void> {
  const bytes = (async function* () {
    yield Buffer.from(text);
  })();
  await importTrace({ pool: into, source: { file: `${name}.pages`, bytes }, name });
}

async function save(from: Pool, runs: readonly number[] | "all" = "all"): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  await writeBackup({ pool: from, runs, ballast: "test", write: async (bytes) => void pieces.push(bytes) });
  return Buffer.concat(pieces);
}

/** In pieces as a pipe gives them. */
async function* inPieces(bytes: Buffer, size = 1_000): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const restore = (bytes: Buffer, into: Pool, options = {}) => restoreBackup({ pool: into, file: "x", bytes: inPieces(bytes), ...options });

type RunRow = { id: string; logId: number; position: number; status: string };

async function runsOf(of: Pool): Promise<RunRow[]> {
  const { rows } = await of.query<RunRow>(
    `select public_id as id, run_id as "logId", head_position as position, status from run_jobs join runs on id = run_id order by run_id`,
  );
  return rows;
}

/** What a database holds, by table, its own numbers left out: order and content. */
async function contentOf(of: Pool): Promise<Record<string, unknown>> {
  const content: Record<string, unknown> = {};
  for (const { name, numbers, replaced = {} } of BACKED_UP_TABLES) {
    const left = new Set([...Object.keys(numbers), ...Object.keys(replaced)]);
    const { rows } = await of.query<{ row: Record<string, unknown> }>(`select to_jsonb(t) as row from ${name} t`);
    const told = rows.map(({ row }) =>
      JSON.stringify(Object.entries(row).filter(([column]) => !left.has(column) && !column.endsWith("checksum"))),
    );
    content[name] = told.sort();
  }
  return content;
}

async function withEmptyDatabase(work: (own: Pool) => Promise<void>): Promise<void> {
  const database = await createTestDatabase();
  const own = createPool(database.connectionString);
  try {
    await work(own);
  } finally {
    await own.end();
    await database.drop();
  }
}

test("every table is backed up, or stands among those that are not, with the reason; oracle: the catalogue", async () => {
  const { rows } = await pool.query<{ name: string }>("select tablename as name from pg_tables where schemaname = 'public' order by 1");
  expect([...BACKED_UP_TABLES.map(({ name }) => name), ...Object.keys(NOT_BACKED_UP)].sort()).toEqual(rows.map(({ name }) => name));
});

describe("a backup", () => {
  test("restored into another database gives the same runs, under its numbers; oracles: the rows, the digests, moments and series of the first", async () => {
    await withEmptyDatabase(async (own) => {
      // Numbers of the first database are taken here.
      await own.query(
        "select nextval(pg_get_serial_sequence('runs', 'id')), nextval(pg_get_serial_sequence('traces', 'id')) from generate_series(1, 7)",
      );
      const report = await restore(saved, own);
      expect(report).toMatchObject({ runs: 3, comparisons: 1, traces: 2, unfinishedRuns: 1, existing: [], renamedTraces: [] });
      expect(await contentOf(own)).toEqual(await contentOf(source.pool));
      const [before, after] = [await runsOf(source.pool), await runsOf(own)];
      expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
      for (const [index, { logId, position }] of after.entries()) {
        const original = before[index]!.logId;
        expect(logId).toBeGreaterThan(7);
        expect((await verifyStoredDigest(own, logId)).digest).toBe((await verifyStoredDigest(source.pool, original)).digest);
        for (const at of [0, Math.floor(position / 3), position]) {
          const [was, is] = await Promise.all([
            new History(source.pool).stateAt(original, { position: at }),
            new History(own).stateAt(logId, { position: at }),
          ]);
          expect([describeTables(is), machineFacts(is)]).toEqual([describeTables(was), machineFacts(was)]);
        }
        const metric = { metric: "freePages", vm: 0 };
        expect(await readSeries(own, logId, metric)).toEqual(await readSeries(source.pool, original, metric));
        expect(await tracesOfRun(own, logId)).toEqual(await tracesOfRun(source.pool, original));
      }
      expect((await loadTrace(own, "kept")).digest).toBe((await loadTrace(source.pool, "kept")).digest);
      const left = await own.query("select from pg_namespace where nspname like 'ballast_restore%'");
      expect(left.rowCount).toBe(0);
    });
  }, 60_000);

  test("of one run holds what that run needs and nothing else", async () => {
    const [first] = await runsOf(source.pool);
    const one = await save(source.pool, [first!.logId]);
    expect(await checkBackup("x", inPieces(one))).toMatchObject({ runs: 1, comparisons: 1, traces: 1, rows: { runs: 1, trace_blocks: 1 } });
    await withEmptyDatabase(async (own) => {
      expect(await restore(one, own)).toMatchObject({ runs: 1, comparisons: 1, traces: 1 });
      // The other run of the comparison comes later, and joins it.
      expect(await restore(saved, own, { skipExisting: true })).toMatchObject({
        runs: 2,
        comparisons: 0,
        traces: 1,
        existing: [{ id: first!.id, isEqual: true }],
      });
      expect((await runsOf(own)).map(({ id }) => id).sort()).toEqual((await runsOf(source.pool)).map(({ id }) => id).sort());
      const compared = await own.query("select from run_jobs join comparisons c on c.id = comparison_id");
      expect(compared.rowCount).toBe(2);
    });
  }, 60_000);

  test("is of one moment while runs are written; oracle: its digests verify", async () => {
    const executor = source.startExecutor();
    const { id } = await source.runs.startRun({ scenario: thrashingScenario(60_000) });
    await source.reached(id, "running");
    await expect.poll(async () => (await source.runs.getRun(id)).headPosition, { timeout: 20_000 }).toBeGreaterThan(0);
    const during = await save(source.pool);
    await source.runs.stopRun(id);
    await source.ended(id);
    await source.runs.deleteRun(id);
    await executor.stop();
    await withEmptyDatabase(async (own) => {
      expect(await restore(during, own)).toMatchObject({ runs: 4 });
      for (const { logId, position } of await runsOf(own)) expect((await verifyStoredDigest(own, logId)).position).toBe(position);
      const { rows } = await own.query("select lease_owner, lease_until from runs where status = 'running'");
      expect(rows).toEqual([{ lease_owner: null, lease_until: null }]);
    });
  }, 90_000);
});

describe("a restore", () => {
  test("refuses runs that exist by name, and changes nothing; skips them if asked to", async () => {
    await withEmptyDatabase(async (own) => {
      await restore(saved, own);
      const before = await contentOf(own);
      const [first] = await runsOf(own);
      await expect(restore(saved, own)).rejects.toMatchObject({ code: "RUN_EXISTS", message: expect.stringContaining(first!.id) });
      await own.query("update runs set head_digest = 'other' where id = $1", [first!.logId]);
      const report = await restore(saved, own, { skipExisting: true });
      expect(report).toMatchObject({ runs: 0, comparisons: 0, traces: 0 });
      expect(report.existing.map(({ isEqual }) => isEqual)).toEqual([false, true, true]);
      await own.query(
        "update runs set head_digest = (select digest from commits c where c.run_id = runs.id order by last_position desc limit 1) where id = $1",
        [first!.logId],
      );
      expect(await contentOf(own)).toEqual(before);
    });
  }, 60_000);

  test("restores the runs that are chosen of a backup", async () => {
    const all = await runsOf(source.pool);
    await withEmptyDatabase(async (own) => {
      expect(await restore(saved, own, { chooseRuns: () => [all[2]!.id] })).toMatchObject({
        runs: 1,
        comparisons: 0,
        traces: 0,
        unfinishedRuns: 1,
      });
      expect((await runsOf(own)).map(({ id }) => id)).toEqual([all[2]!.id]);
    });
  }, 60_000);

  test("gives a trace another name where its name has other content, and runs find it by content", async () => {
    await withEmptyDatabase(async (own) => {
      await importText(own, "kept", "7\n7\n7\n");
      const { renamedTraces } = await restore(saved, own);
      const { digest } = await loadTrace(source.pool, "kept");
      expect(renamedTraces).toEqual([{ name: "kept", newName: `kept-${digest.slice(0, 8)}` }]);
      expect((await loadTrace(own, `kept-${digest.slice(0, 8)}`)).digest).toBe(digest);
      expect((await loadTrace(own, "kept")).referenceCount).toBe(3);
    });
  }, 60_000);

  test("that is interrupted leaves nothing; oracle: the rows before", async () => {
    const before = await contentOf(pool);
    for (const isSignal of [true, false]) {
      const [controller, stream] = [new AbortController(), new PassThrough()];
      const restoring = restoreBackup({ pool, file: "x", bytes: stream, signal: controller.signal });
      const outcome = restoring.then(
        () => "restored",
        (error: unknown) => error,
      );
      // The second piece is read when the first, nearly all, has been restored; the rest is waited for.
      for (const piece of [saved.subarray(0, -100), saved.subarray(-100, -50)]) {
        stream.write(piece);
        await expect.poll(() => stream.readableLength, { timeout: 20_000 }).toBe(0);
      }
      if (!isSignal) controller.abort(new Error("gone"));
      stream.destroy(new Error("gone"));
      expect(await outcome).toMatchObject({ message: "gone" });
      expect(await contentOf(pool)).toEqual(before);
    }
  }, 60_000);
});

describe("a file that is no whole backup", () => {
  /** Of the file, by its parts' headers: where each part begins. */
  function partStarts(): number[] {
    const starts: number[] = [];
    for (let at = MAGIC.length; at < saved.length; at += 20 + saved.readUInt32LE(at + 8)) starts.push(at);
    return starts;
  }

  const damages: readonly (readonly [string, fc.Arbitrary<(bytes: Buffer) => Buffer>])[] = [
    [
      "a flipped bit",
      fc.nat().map((at) => (bytes: Buffer) => {
        const copy = Buffer.from(bytes);
        copy[(at >>> 3) % bytes.length]! ^= 1 << (at & 7);
        return copy;
      }),
    ],
    ["cut short", fc.nat().map((at) => (bytes: Buffer) => bytes.subarray(0, at % bytes.length))],
    ["extended", fc.uint8Array({ minLength: 1, maxLength: 40 }).map((more) => (bytes: Buffer) => Buffer.concat([bytes, more]))],
    [
      "a run of zeros",
      fc.tuple(fc.nat(), fc.integer({ min: 1, max: 5_000 })).map(([at, length]) => (bytes: Buffer) => {
        const copy = Buffer.from(bytes);
        const start = at % bytes.length;
        copy.fill(0, start, Math.min(start + length, bytes.length));
        return copy.equals(bytes) ? bytes.subarray(1) : copy;
      }),
    ],
    [
      "bytes left out",
      fc.tuple(fc.nat(), fc.integer({ min: 1, max: 500 })).map(([at, length]) => (bytes: Buffer) => {
        const start = at % (bytes.length - 1);
        return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + length)]);
      }),
    ],
    [
      "a part left out",
      fc.nat().map((at) => (bytes: Buffer) => {
        const starts = partStarts();
        const part = at % starts.length;
        return Buffer.concat([bytes.subarray(0, starts[part]), bytes.subarray(starts[part + 1] ?? bytes.length)]);
      }),
    ],
    [
      "a part twice",
      fc.nat().map((at) => (bytes: Buffer) => {
        const starts = partStarts();
        const part = at % starts.length;
        const end = starts[part + 1] ?? bytes.length;
        return Buffer.concat([bytes.subarray(0, end), bytes.subarray(starts[part])]);
      }),
    ],
    ["foreign", fc.uint8Array({ maxLength: 300 }).map((other) => () => Buffer.from(other))],
  ];

  test.each(damages)(
    "%s is refused with its place; oracle: the undamaged file is not",
    async (_name, damage) => {
      await expect(checkBackup("x", inPieces(saved))).resolves.toMatchObject({ runs: 3 });
      await fc.assert(
        fc.asyncProperty(damage, async (apply) => {
          const broken = checkBackup("x", inPieces(apply(saved), PART_BYTES));
          await expect(broken).rejects.toMatchObject({ code: "BACKUP_INVALID", message: expect.stringMatching(/^x: (?:part|byte|the)/) });
        }),
        { numRuns: caseCount(8, 5_000) },
      );
    },
    300_000,
  );

  test("changes nothing in the database, whatever is wrong with it; oracle: the rows before", async () => {
    const before = await contentOf(pool);
    await fc.assert(
      fc.asyncProperty(fc.oneof(...damages.map(([, damage]) => damage)), async (apply) => {
        await expect(restore(apply(saved), pool)).rejects.toMatchObject({ code: "BACKUP_INVALID" });
        expect(await contentOf(pool)).toEqual(before);
      }),
      { numRuns: caseCount(3, 500) },
    );
  }, 300_000);
});
