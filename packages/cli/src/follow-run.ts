import { setTimeout as sleep } from "node:timers/promises";
import { BallastError } from "@ballast/core/errors";
import { isDatabaseFault } from "@ballast/server/database";
import { isFinal, type RunProgress, type RunService, type RunStatus, type RunWatch } from "@ballast/server/runs";

/** How long an interrupted command waits for its run to have stopped; the executor's lease ends it otherwise. */
const STOP_PATIENCE_MS = 5_000;
/** Executors retry while Postgres is away or full: a command that follows a run does so too, for as long. */
const OUTAGE_PATIENCE_MS = 60_000;
const OUTAGE_POLL_MS = 500;

/**
 * Waits until nothing more happens in a run without somebody's command: until it is final, waits or is paused.
 * Throws the signal's reason when it aborts; what the database refuses with once that has lasted a minute.
 */
export async function followRun(
  runs: RunService,
  runId: string,
  signal: AbortSignal,
  onProgress: (progress: RunProgress) => void | Promise<void>,
): Promise<RunStatus> {
  const watch = runs.watchRun(runId);
  let position = 0;
  let status: RunStatus = "queued";
  while (true) {
    const progress = await waitPatiently(watch, position, signal, status);
    await onProgress(progress);
    ({ status, headPosition: position } = progress);
    if (isFinal(status) || status === "waiting" || status === "paused") return status;
  }
}

async function waitPatiently(watch: RunWatch, position: number, signal: AbortSignal, status: RunStatus): Promise<RunProgress> {
  let failingSinceMs: number | undefined;
  for (;;) {
    try {
      return await watch.wait(position, signal, status);
    } catch (error) {
      failingSinceMs ??= performance.now();
      if (!isDatabaseFault(error) || performance.now() - failingSinceMs > OUTAGE_PATIENCE_MS) throw error;
    }
    await sleep(OUTAGE_POLL_MS);
    signal.throwIfAborted();
  }
}

/**
 * What Ctrl-C does to the runs of the command: they end here, and what they have done is kept. False: one of them
 * could not be stopped; the next executor continues it.
 */
export async function stopRuns(runs: RunService, runIds: readonly string[]): Promise<boolean> {
  const patience = AbortSignal.timeout(STOP_PATIENCE_MS);
  const stops = runIds.map(async (runId) => {
    try {
      await runs.stopRun(runId, patience);
      return true;
    } catch (error) {
      if (!(error instanceof BallastError) && !patience.aborted) throw error;
      // A run that is final already needs no stop.
      return error instanceof BallastError && error.code === "RUN_STATE";
    }
  });
  return (await Promise.all(stops)).every((isOver) => isOver);
}
