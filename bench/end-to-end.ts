/**
 * Runs from the first access to the last durable event: simulated, encoded, digested and stored by an executor, as a server does it,
 * beside COPY BINARY of the same events and beside parts of the work alone, in turn in one process.
 */
import type { EventBatch } from "../packages/core/src/events/index.ts";
import { policy as randomSteal } from "../packages/policies/random-steal/src/index.ts";
import type { Pool } from "../packages/server/src/database/index.ts";
import { DigestChain, PlaneBuffers, prepareCommit } from "../packages/server/src/event-store/index.ts";
import { loadInstalledPolicies } from "../packages/server/src/installed-policies/index.ts";
import { createRunService, Executor, RunQueue } from "../packages/server/src/runs/execution.ts";
import type { RunService } from "../packages/server/src/runs/index.ts";
import type { Run } from "../packages/server/src/runs/run.ts";
import { copyEventRows, createEventRows } from "../packages/server/src/testing/copy-event-rows.ts";
import { compareVariants } from "./measuring/compare-variants.ts";
import { listBatches, simulate } from "./measuring/kernel-work.ts";
import { isQuick, printDigest, printHeading, printRow } from "./measuring/report.ts";
import { sizeOf, withScratchDatabase } from "./measuring/scratch-database.ts";
import { thrashing } from "./measuring/thrashing.ts";

const PAGES = isQuick ? 256 : 65_536;
const ACCESSES = isQuick ? 4_000 : 300_000;
const ROUNDS = isQuick ? 1 : 3;
const SCENARIO = thrashing(2, { pages: PAGES, accesses: ACCESSES });
/** Of the events, those that are copied as rows: enough for a rate. */
const COPIED_PART = 1 / 8;
const POLICY = "random-steal";

function lengthOf(batches: readonly EventBatch[]): number {
  return batches.reduce((sum, { length }) => sum + length, 0);
}

async function copyRows(pool: Pool, batches: readonly EventBatch[]): Promise<number> {
  await pool.query("truncate event_rows");
  for (const batch of batches) await copyEventRows(pool, batch);
  return lengthOf(batches);
}

function prepareAll(batches: readonly EventBatch[]): number {
  const [chain, buffers] = [new DigestChain(), new PlaneBuffers()];
  for (const batch of batches) buffers.give(prepareCommit(batch, chain, buffers).planes);
  return chain.lastPosition;
}

/** Runs of the same scenario, executed at the same time; the first to come is the first to be returned. */
async function execute(runs: RunService, count: number): Promise<Run[]> {
  const started = await Promise.all(Array.from({ length: count }, () => runs.startRun({ scenario: SCENARIO, policy: POLICY })));
  return await Promise.all(started.map(({ id }) => whenEnded(runs, id)));
}

async function whenEnded(runs: RunService, id: string): Promise<Run> {
  for (;;) {
    const run = await runs.getRun(id);
    if (run.status === "completed") return run;
    if (run.status === "failed") throw new Error(`The run failed: ${run.error?.message}`);
    await runs.watchRun(id).wait(Number.MAX_SAFE_INTEGER, AbortSignal.timeout(600_000), run.status);
  }
}

await withScratchDatabase(async (pool, connectionString) => {
  printHeading("end-to-end", `2 VMs thrashing, ${PAGES} pages, ${ACCESSES} accesses, ${POLICY}; ${ROUNDS} rounds, fsync on`);
  await createEventRows(pool);
  const batches = listBatches(SCENARIO, randomSteal);
  const copied = batches.slice(0, Math.ceil(batches.length * COPIED_PART));
  const { getPolicy: findPolicy } = await loadInstalledPolicies([]);
  const queue = new RunQueue(pool);
  const runs = createRunService({ pool, queue, connectionString, findPolicy });
  const executor = new Executor({ connectionString, workers: 2 });
  try {
    const [{ digest, headPosition }] = await execute(runs, 1);
    const work = (count: number) => async (): Promise<number> => {
      const ended = await execute(runs, count);
      return ended.reduce((sum, run) => sum + run.headPosition, 0);
    };
    await compareVariants(
      [
        { name: "COPY BINARY, one row per event", work: () => copyRows(pool, copied) },
        { name: "kernel alone", work: () => simulate(SCENARIO, randomSteal).events },
        { name: "encoding and digest alone", work: () => prepareAll(batches) },
        { name: "one run, kernel to durable", work: work(1) },
        { name: "two runs at a time", work: work(2) },
      ],
      "events",
      ROUNDS,
    );
    const stored = (await runs.listRuns({ first: 100 })).items.length * headPosition;
    const keyframes = (await sizeOf(pool, "keyframes")) + (await sizeOf(pool, "keyframe_parts"));
    printRow("on disk", {
      events: [(await sizeOf(pool, "commits")) / stored, "bytes/event"],
      keyframes: [keyframes / stored, "bytes/event"],
    });
    printDigest("run", digest);
  } finally {
    await executor.stop();
    await runs.close();
    await queue.close();
  }
});
