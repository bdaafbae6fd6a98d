import { BallastError } from "@ballast/core/errors";
import { isFinal, type RunProgress, type RunService, type RunStatus } from "../runs/index.ts";

/** How long an interrupted command waits for its run to have stopped; the executor's lease ends it otherwise. */
const STOP_PATIENCE_MS = 5_000;

/**
 * Waits until nothing more happens in a run without somebody's command: until it is final, waits or is paused.
 * Throws the signal's reason when it aborts.
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
    const progress = await watch.wait(position, signal, status);
    await onProgress(progress);
    ({ status, headPosition: position } = progress);
    if (isFinal(status) || status === "waiting" || status === "paused") return status;
  }
}

/** What Ctrl-C does to the runs of the command: they end here, and what they have done is kept. */
export async function stopRuns(runs: RunService, runIds: readonly string[]): Promise<void> {
  const patience = AbortSignal.timeout(STOP_PATIENCE_MS);
  const stops = runIds.map(async (runId) => {
    try {
      await runs.stopRun(runId, patience);
    } catch (error) {
      // A run that is final already needs no stop; one that no executor holds goes on with the next one.
      if (!(error instanceof BallastError) && !patience.aborted) throw error;
    }
  });
  await Promise.all(stops);
}
