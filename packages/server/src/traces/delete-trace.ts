import { BallastError } from "@ballast/core/errors";
import { inTransaction, type Pool } from "../database/index.ts";
import { listBuiltInTraces } from "./built-in-traces.ts";
import { runsNeedingTrace } from "./run-traces.ts";
import { refuseUnknownTrace } from "./stored-trace.ts";

const SHOWN_RUNS = 10;

/**
 * Deletes a trace. One that runs replay stays, so that they can be verified and resumed, unless another trace has the
 * same content or `force` is set. One that comes with Ballast stays unless `force` is set: it is imported again
 * where its name is free.
 * @returns the ids of the runs that needed it.
 * @throws BallastError TRACE_NOT_FOUND; TRACE_IN_USE with the runs.
 */
export async function deleteTrace(pool: Pool, name: string, options: { readonly force?: boolean } = {}): Promise<readonly string[]> {
  const builtIn = (await listBuiltInTraces()).find((trace) => trace.name === name);
  return await inTransaction(pool, async (client) => {
    const text = "select digest from traces where name = $1 for update";
    const { rows } = await client.query<{ digest: string }>(text, [name]);
    const [trace] = rows;
    if (trace === undefined) return await refuseUnknownTrace(client, name);
    const runs = await runsNeedingTrace(client, name);
    if (options.force !== true) {
      if (trace.digest === builtIn?.digest) throw comesWithBallast(name);
      refuseIfNeeded(name, runs);
    }
    await client.query("delete from traces where name = $1", [name]);
    return runs;
  });
}

function refuseIfNeeded(name: string, runs: readonly string[]): void {
  if (runs.length === 0) return;
  const shown = runs.slice(0, SHOWN_RUNS).join(", ") + (runs.length > SHOWN_RUNS ? ", ..." : "");
  throw new BallastError(
    "TRACE_IN_USE",
    `The trace ${name} is replayed by ${runs.length} ${runs.length === 1 ? "run" : "runs"} (${shown}), which could ` +
      `not be verified or resumed without it. Delete ${runs.length === 1 ? "it" : "them"} first ` +
      "(`ballast delete run <id>`, deleteRun), or force the " +
      "deletion (`--force`, force: true).",
  );
}

function comesWithBallast(name: string): BallastError {
  const message =
    `The trace ${name} comes with Ballast: once deleted it is imported again when it is missed, unless another of its ` +
    "name was imported before. Force the deletion (`--force`, force: true) to import one of your own under that name.";
  return new BallastError("TRACE_IN_USE", message);
}
