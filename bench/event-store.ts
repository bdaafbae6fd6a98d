import type { EventBatch } from "../packages/core/src/events/index.ts";
import type { Pool } from "../packages/server/src/database/index.ts";
import {
  createRunRow,
  DigestChain,
  PlaneBuffers,
  prepareCommit,
  readEvents,
  RunWriter,
  verifyStoredDigest,
} from "../packages/server/src/event-store/index.ts";
import { SyntheticHistory } from "../packages/server/src/testing/synthetic-history.ts";
import { copyEventRows, createEventRows } from "../packages/server/src/testing/copy-event-rows.ts";
import { isQuick, medianOf, printDigest, printHeading, printRow, type Quantities } from "./measuring/report.ts";
import { sizeOf, withScratchDatabase } from "./measuring/scratch-database.ts";

const EVENTS = Number(process.env["BALLAST_BENCH_EVENTS"] ?? (isQuick ? 100_000 : 2_000_000));
const FRAMES = isQuick ? 10_000 : 1_000_000;
const ROUNDS = isQuick ? 1 : 3;
/** Events of a round that go the other way: enough for a rate, few enough not to take all day. */
const ROW_EVENTS = Math.ceil(EVENTS / 8);

/** Events per commit, by what the store allows and by what a run of middling speed fills in a moment. */
const COMMIT_EVENTS = [65_000, 8_192] as const;

async function rateOf(events: number, work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return events / (performance.now() - start) / 1_000;
}

function makeBatches(eventsPerCommit: number, events: number): EventBatch[] {
  const history = new SyntheticHistory({ seed: 1, framePages: FRAMES, vms: 8 });
  const batches: EventBatch[] = [];
  while (history.machine.position < events) batches.push(history.next(eventsPerCommit));
  return batches;
}

/** Encoding, digest, lease and head check, NOTIFY and a durable transaction for each commit. */
async function append(pool: Pool, batches: readonly EventBatch[]): Promise<{ run: number; digest: string }> {
  const run = await createRunRow(pool, { status: "completed" });
  const writer = new RunWriter(pool, run, { owner: null, epoch: 0 });
  const chain = new DigestChain();
  const buffers = new PlaneBuffers();
  let appended = Promise.resolve();
  for (const batch of batches) {
    // As in an executor: Postgres writes one commit while the next is prepared.
    const commit = prepareCommit(batch, chain, buffers);
    await appended;
    appended = writer.append(commit).then(() => buffers.give(commit.planes));
  }
  await appended;
  writer.close();
  return { run, digest: chain.digest() };
}

async function read(pool: Pool, run: number): Promise<number> {
  let events = 0;
  for await (const batch of readEvents(pool, run)) events += batch.length;
  return events;
}

function print(what: string, rate: number, more: Quantities = {}): void {
  printRow(what, { rate: [rate, "M events/s"], ...more });
}

await withScratchDatabase(async (pool) => {
  printHeading("event-store", `${EVENTS} synthetic events (seed 1, ${FRAMES} frames, 8 VMs), ${ROUNDS} rounds, fsync on`);
  await createEventRows(pool);
  const rows = makeBatches(8_192, ROW_EVENTS);
  const packed = COMMIT_EVENTS.map((size) => ({
    size,
    batches: makeBatches(size, EVENTS),
    rates: [] as number[],
    ratios: [] as number[],
  }));
  const rowRates: number[] = [];
  let last = { run: 0, digest: "" };
  let stored = 0;
  for (let round = 0; round < ROUNDS; round++) {
    await pool.query("truncate event_rows");
    const count = rows.reduce((sum, batch) => sum + batch.length, 0);
    const rowRate = await rateOf(count, async () => {
      for (const batch of rows) await copyEventRows(pool, batch);
    });
    rowRates.push(rowRate);
    for (const { batches, rates, ratios } of packed) {
      const events = batches.reduce((sum, batch) => sum + batch.length, 0);
      const rate = await rateOf(events, async () => {
        last = await append(pool, batches);
      });
      rates.push(rate);
      ratios.push(rate / rowRate);
      stored += events;
    }
  }
  const rowBytes = (await sizeOf(pool, "event_rows")) / rows.reduce((sum, batch) => sum + batch.length, 0);
  print("COPY BINARY, one row per event, 8,192 per transaction", medianOf(rowRates), { "on disk": [rowBytes, "bytes/event"] });
  const bytes = (await sizeOf(pool, "commits")) / stored;
  for (const { size, rates, ratios } of packed) {
    print(`appended, ${size} per commit`, medianOf(rates), { "of the rows": [medianOf(ratios), ""], "on disk": [bytes, "bytes/event"] });
  }
  const events = packed.at(-1)!.batches.reduce((sum, batch) => sum + batch.length, 0);
  print("read back and decoded", await rateOf(events, async () => void (await read(pool, last.run))));
  print("digest verified", await rateOf(events, async () => void (await verifyStoredDigest(pool, last.run))));
  const sums = [
    ["the event view, sum of one column", "select sum(a) from events where run_id = $1"],
    ["the event view, count by name", "select name, count(*) from events where run_id = $1 group by name"],
  ] as const;
  for (const [what, query] of sums) print(what, await rateOf(events, async () => void (await pool.query(query, [last.run]))));
  printDigest("events", last.digest);
});
