import { HistoryDamagedError, mayLackChecksum, StoredPart } from "../database/checksums/index.ts";
import type { Pool, PoolClient } from "../database/index.ts";

/** Which trace a run replays. */
export const RUN_TRACE = new StoredPart("run_traces", { run_id: "int8", trace_name: "text", digest: "text" });

export type RunTraceRow = { readonly name: string; readonly digest: string; readonly checksum: Buffer | null };

/** @throws BallastError HISTORY_DAMAGED if a row is not what was stored. */
export async function requireRunTrace(database: Pool | PoolClient, run: number, { name, digest, checksum }: RunTraceRow): Promise<void> {
  const compared = RUN_TRACE.compare([run, name, digest], checksum);
  if (compared === "equal") return;
  // A query is all that is asked of the pool.
  if (compared === "missing" && (await mayLackChecksum(database as Pool, { kind: "run", id: run }))) return;
  const damage = {
    owner: { run },
    part: "reference to a trace",
    what: `(${JSON.stringify(name)}) does not match its checksum`,
    remedy: "The run can be read, and neither verified nor resumed. Restore it from a backup, or run the scenario again.",
  };
  throw new HistoryDamagedError(damage, `Run ${run}`);
}
