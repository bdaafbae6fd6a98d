import type { Application } from "../application/index.ts";
import { RunTexts } from "../history/index.ts";
import { projectRun } from "../projections/index.ts";
import type { Run } from "../runs/index.ts";

/**
 * Waits until the series and decisions of runs that have come to rest are whole. Read models lag behind the log, and
 * once this command has ended there may be no process that goes on with them.
 */
export async function completeReadModels(
  { pool }: Application,
  runs: readonly Pick<Run, "logId">[],
  signal: AbortSignal,
): Promise<void> {
  const texts = new RunTexts(pool);
  for (const { logId } of runs) await projectRun(pool, texts, logId, signal);
}
