import { BallastError } from "@ballast/core/errors";
import { inTransaction, type Pool } from "../database/index.ts";
import { runsNeedingTrace } from "./run-traces.ts";
import { refuseUnknownTrace } from "./stored-trace.ts";

const SHOWN_RUNS = 10;

/**
 * Deletes a trace. One that runs replay stays, so that they can be verified, resumed and forked, unless another trace
 * has the same content or `force` is set.
 * @throws BallastError TRACE_NOT_FOUND; TRACE_IN_USE with the runs.
 */
export async function deleteTrace(pool: Pool, name: string, options: { readonly force?: boolean } = {}): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rowCount } = await client.query("select from traces where name = $1 for update", [name]);
    if (rowCount === 0) await refuseUnknownTrace(client, name);
    if (options.force !== true) refuseIfNeeded(name, await runsNeedingTrace(client, name));
    await client.query("delete from traces where name = $1", [name]);
  });
}

function refuseIfNeeded(name: string, runs: readonly number[]): void {
  if (runs.length === 0) return;
  const shown = runs.slice(0, SHOWN_RUNS).join(", ") + (runs.length > SHOWN_RUNS ? ", ..." : "");
  throw new BallastError(
    "TRACE_IN_USE",
    `The trace ${name} is replayed by ${runs.length} ${runs.length === 1 ? "run" : "runs"} (${shown}), which could ` +
      "not be verified, resumed or forked without it. Delete them first, or force the deletion.",
  );
}
