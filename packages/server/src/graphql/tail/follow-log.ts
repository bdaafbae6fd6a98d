import type { EventBatch } from "@ballast/core/events";
import { isFinal, type Run, type RunService } from "../../runs/index.ts";
import type { SharedLog } from "./shared-log.ts";

/** Some events of a log in their order: [from, end) of a batch. */
export type LogSlice = {
  readonly batch: EventBatch;
  readonly from: number;
  readonly end: number;
  readonly lastPosition: number;
};

export type LogSource = { readonly log: SharedLog; readonly runs: RunService };

/**
 * Every event of a run after a position, in slices: first what is stored, then what comes, until the run is final or
 * the signal aborts. Each reader goes by its own position and is only woken by notifications: one that is slow waits
 * here, between two slices, and holds up nobody.
 */
export async function* followLog(
  source: LogSource,
  run: Run,
  options: { readonly after: number; readonly sliceEvents: number; readonly signal: AbortSignal },
): AsyncGenerator<LogSlice, void, void> {
  const watch = source.runs.watchRun(run.id);
  let after = options.after;
  for (;;) {
    after = yield* storedSlices(source.log, run.logId, after, options);
    const progress = await watch.wait(after, options.signal);
    if (isFinal(progress.status) && progress.headPosition <= after) return;
  }
}

/** What is stored after a position; returns the last position given. */
async function* storedSlices(
  log: SharedLog,
  logId: number,
  afterPosition: number,
  { sliceEvents, signal }: { readonly sliceEvents: number; readonly signal: AbortSignal },
): AsyncGenerator<LogSlice, number, void> {
  let after = afterPosition;
  let batchStart = after + 1;
  for (;;) {
    signal.throwIfAborted();
    const batch = await log.batchFrom(logId, batchStart);
    if (batch === undefined) return after;
    if (batch.lastPosition <= after) {
      batchStart = batch.lastPosition + 1;
      continue;
    }
    const from = after + 1 - batch.firstPosition;
    const end = Math.min(batch.length, from + sliceEvents);
    after = batch.firstPosition + end - 1;
    yield { batch, from, end, lastPosition: after };
  }
}
