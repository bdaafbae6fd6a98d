import type { Application } from "@ballast/server/application";
import { RunTexts } from "@ballast/server/history";
import { projectRun } from "@ballast/server/projections";
import type { Run } from "@ballast/server/runs";

/**
 * Waits until the series and decisions of runs that have come to rest are whole. Read models lag behind the log, and
 * once this command has ended there may be no process that continues them.
 */
export async function completeReadModels({ pool }: Application, runs: readonly Pick<Run, "logId">[], signal: AbortSignal): Promise<void> {
  const texts = new RunTexts(pool);
  for (const { logId } of runs) await projectRun(pool, texts, logId, signal);
}
