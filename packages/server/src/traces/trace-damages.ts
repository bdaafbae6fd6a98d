import { type Damage, HistoryDamagedError, type VerifiablePart } from "../database/checksums/index.ts";
import type { Pool, PoolClient } from "../database/index.ts";
import { query } from "../database/query.ts";
import { loadPieces } from "./load-pieces.ts";
import { requireRunTrace, type RunTraceRow } from "./run-trace-check.ts";
import { requireTraceRow, type TraceRow } from "./stored-trace.ts";
import { PIECES } from "./trace-checks.ts";

/** The traces that a run replays: their rows and everything that is stored of them. */
export const traceParts: VerifiablePart = {
  part: "trace",
  async *damages(pool, run, signal) {
    const { rows } = await pool.query<RunTraceRow>(
      "select trace_name as name, digest, checksum from run_traces where run_id = $1 order by 1",
      [run],
    );
    for (const used of rows) {
      yield* damageOf(() => requireRunTrace(pool, run, used));
      const { digest } = used;
      const [row] = await query<TraceRow>(pool, "select * from traces where digest = $1 order by id limit 1", [digest]);
      if (row !== undefined) yield* damagesOfTrace(pool, row, signal);
    }
  },
};

/** The first damage of each kind of stored parts of a trace. */
export async function* damagesOfTrace(pool: Pool | PoolClient, row: TraceRow, signal?: AbortSignal): AsyncGenerator<Damage> {
  const kinds = Object.keys(PIECES) as (keyof typeof PIECES)[];
  const checks = [async () => void (await requireTraceRow(pool, row)), ...kinds.map((kind) => () => readAll(pool, row, kind, signal))];
  for (const check of checks) yield* damageOf(check);
}

async function* damageOf(check: () => Promise<void>): AsyncGenerator<Damage> {
  try {
    await check();
  } catch (error) {
    if (!(error instanceof HistoryDamagedError)) throw error;
    yield error.damage;
  }
}

async function readAll(pool: Pool | PoolClient, row: TraceRow, kind: keyof typeof PIECES, signal: AbortSignal | undefined): Promise<void> {
  const pieces = loadPieces(pool, row, kind);
  for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) signal?.throwIfAborted();
}
