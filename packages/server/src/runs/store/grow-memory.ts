import { BallastError } from "@ballast/core/errors";
import { formatBytes } from "@ballast/core/units";
import type { PoolClient } from "pg";
import type { Run } from "../run.ts";

/**
 * Notes that a run will take so much more memory, in the caller's transaction.
 * @throws BallastError MEMORY_EXCEEDED if that is more than one run may take.
 */
export async function growMemory(client: PoolClient, run: Run, bytes: number, limitBytes: number): Promise<void> {
  const text = "update run_jobs set memory_bytes = memory_bytes + $2 where run_id = $1 returning memory_bytes";
  const { rows } = await client.query<{ memory_bytes: number }>(text, [run.logId, bytes]);
  const needed = rows[0]?.memory_bytes ?? 0;
  if (needed <= limitBytes) return;
  throw new BallastError(
    "MEMORY_EXCEEDED",
    `The VM would take up to ${formatBytes(bytes)} of memory, and run ${run.id} then ${formatBytes(needed)}; this server allows ` +
      `${formatBytes(limitBytes)}. Add a smaller VM, or set BALLAST_RUN_MEMORY where there is more.`,
  );
}
