import { ClampCause, DecisionKind, EventBatch, EventCode, Mapping, Mmu } from "@ballast/core/events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPool, type Pool } from "../database/index.ts";
import { History } from "../history/index.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import {
  commitAt,
  createRunRow,
  DigestChain,
  digestChainAt,
  eventAt,
  prepareCommit,
  readEvents,
  readHead,
  readRecordedEvents,
  RunWriter,
  selectEvents,
  verifyStoredDigest,
} from "./index.ts";

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

type Row = readonly [code: number, vm: number, a: number, b: number, c: number, d: number];

/** A run of a host and a VM and then these events, recorded with a version of the catalogue. */
async function runOf(rows: readonly Row[], catalogueVersion?: number): Promise<number> {
  const batch = new EventBatch(1, 8);
  batch.texts = ["one"];
  const all: readonly Row[] = [
    [EventCode.HostStarted, 0, 16, Mapping.TwoLevel, Mmu.Nested, 16],
    [EventCode.VmAdmitted, 1, 8, 0, 1, 8],
    [EventCode.VmStarted, 1, 8, 0, 1, 0],
    ...rows,
  ];
  for (const [code, vm, a, b, c, d] of all) batch.append(code, 0, vm, 0, a, b, c, d);
  const run = await createRunRow(pool, { status: "completed" });
  if (catalogueVersion !== undefined) await pool.query("update runs set catalogue_version = $2 where id = $1", [run, catalogueVersion]);
  const writer = new RunWriter(pool, run, { owner: null, epoch: 0 });
  await writer.append(prepareCommit(batch, new DigestChain()));
  writer.close();
  return run;
}

async function drain(events: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of events);
}

/** Every way of reading events by what they mean. */
const READERS: Readonly<Record<string, (run: number) => Promise<unknown>>> = {
  readEvents: (run) => drain(readEvents(pool, run)),
  "selectEvents of another type": (run) => drain(selectEvents(pool, run, { types: [EventCode.VmStarted] })),
  eventAt: (run) => eventAt(pool, run, 4),
  commitAt: (run) => commitAt(pool, run, 1),
  "the state at a moment": (run) => new History(pool).stateAt(run, { position: 4 }),
};

describe.each(Object.entries(READERS))("%s", (_, read) => {
  test.each([
    ["an unknown type", [250, 1, 0, 0, 0, 0], "250 as the type of the event at position 4"],
    ["an unknown choice", [EventCode.Trapped, 1, 99, 0, 0, 0], "99 as `cause` of the event Trapped at position 4"],
    [
      "an unknown choice in another column",
      [EventCode.DecisionClamped, 1, DecisionKind.StealPages, 77, 1, 0],
      "77 as `cause` of the event DecisionClamped at position 4",
    ],
  ] as const)("refuses %s, with its number and its position", async (_kind, row, message) => {
    const run = await runOf([row]);
    await expect(read(run)).rejects.toMatchObject({ code: "HISTORY_DAMAGED", message: expect.stringContaining(message) as string });
  });

  test("refuses a history of a newer catalogue, by its version", async () => {
    const run = await runOf([[EventCode.BalloonInflated, 1, 1, 1, 0, 0]], 9);
    await expect(read(run)).rejects.toMatchObject({
      code: "HISTORY_DAMAGED",
      message: expect.stringContaining("9 as the version of the event catalogue") as string,
    });
  });
});

const OF_A_DECISION: readonly Row[] = [
  [EventCode.PolicyDecided, 1, DecisionKind.StealPages, 1, 7, 2],
  [EventCode.PolicyFigureSeen, 1, 1, 0, 7, 5],
  [EventCode.DecisionClamped, 1, DecisionKind.StealPages, ClampCause.NothingToTake, 7, 1],
];

test("a history of version 1 is read as the present catalogue has it: its decisions name themselves; oracle: the numbers written", async () => {
  const run = await runOf(OF_A_DECISION, 1);
  const decisions: number[] = [];
  for await (const batch of readEvents(pool, run)) decisions.push(...batch.decisions.subarray(0, batch.length));
  expect(decisions).toEqual([0, 0, 0, 7, 7, 7]);
  expect((await eventAt(pool, run, 5)).decisions[0]).toBe(7);
});

test("what was recorded stays as it is, and its digest with it", async () => {
  const run = await runOf(OF_A_DECISION, 1);
  for await (const batch of readRecordedEvents(pool, run))
    expect([...batch.decisions.subarray(0, batch.length)]).toEqual([0, 0, 0, 0, 0, 0]);
  await expect(verifyStoredDigest(pool, run)).resolves.toMatchObject({ position: 6 });
  expect((await digestChainAt(pool, run, 6)).chain.digest()).toBe((await readHead(pool, run)).digest);
});
