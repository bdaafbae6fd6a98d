import type { Pool } from "pg";
import type { Damage } from "../../database/checksums/index.ts";
import { type LogCheck, logDamages } from "../../event-store/index.ts";
import { VERIFIABLE_PARTS } from "./verifiable-parts.ts";

/**
 * Everything stored of a run that is not what was written, without executing it: the log with its checksums, positions and digests first,
 * then the other parts.
 * @throws BallastError RUN_NOT_FOUND; the signal's reason when it aborts.
 */
export async function* checkRun(pool: Pool, run: number, check: LogCheck = {}): AsyncGenerator<Damage, void, void> {
  yield* logDamages(pool, run, check);
  for (const part of VERIFIABLE_PARTS) yield* part.damages(pool, run, check.signal);
}
