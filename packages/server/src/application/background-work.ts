import type { Pool } from "../database/index.ts";
import { DeletedRunRemover } from "../event-store/index.ts";
import { ProjectionRunner, type RebuildProgress } from "../projections/index.ts";
import type { ExecutorNotice } from "../runs/execution.ts";
import { fillTraceChecksums } from "../traces/index.ts";
import type { ShutdownList } from "./shutdown-list.ts";

/**
 * Starts what a process that executes runs does beside them: read models, checksums that an earlier version did not store, and the
 * removal of deleted runs, which is returned to hear of more of them.
 */
export function startBackgroundWork(
  pool: Pool,
  started: ShutdownList,
  notify: (notice: ExecutorNotice) => void,
  onRebuild: ((progress: RebuildProgress) => void) | undefined,
): DeletedRunRemover {
  const projections = new ProjectionRunner(pool, {
    onError: (error) => notify({ what: "the read models cannot be written", run: null, error }),
    ...(onRebuild === undefined ? {} : { onRebuild }),
  });
  started.add("the read models", () => projections.stop());
  projections.start();
  startChecksums(pool, started, notify);
  const remover = new DeletedRunRemover(pool, (error) => notify({ what: "deleted runs cannot be removed", run: null, error }));
  started.add("the removal of deleted runs", () => remover.stop());
  remover.start();
  return remover;
}

function startChecksums(pool: Pool, started: ShutdownList, notify: (notice: ExecutorNotice) => void): void {
  const filling = new AbortController();
  const filled = fillTraceChecksums(pool, filling.signal).catch((error: unknown) =>
    notify({ what: "checksums of traces cannot be written", run: null, error }),
  );
  started.add("the checksums of traces", async () => {
    filling.abort();
    await filled;
  });
}
