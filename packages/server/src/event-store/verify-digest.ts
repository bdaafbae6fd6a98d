import type { Pool } from "pg";
import { HistoryDamagedError } from "../database/checksums/index.ts";
import { logDamages } from "./log-damages.ts";
import type { LogCheck } from "./log-reader.ts";
import { nameOfRun } from "./run-damage.ts";
import { readHead } from "./run-head.ts";

/** What was found to be in order. */
export type VerifiedDigest = { readonly position: number; readonly digest: string };

/**
 * Computes a run's digest again from the stored events, ancestors' included, and compares it at the end of every commit and block.
 * @throws BallastError HISTORY_DAMAGED with the first positions that do not match or are missing; RUN_NOT_FOUND.
 */
export async function verifyStoredDigest(pool: Pool, run: number, check: LogCheck = {}): Promise<VerifiedDigest> {
  const { position, digest } = await readHead(pool, run);
  for await (const damage of logDamages(pool, run, check)) throw new HistoryDamagedError(damage, `Run ${await nameOfRun(pool, run)}`);
  return { position, digest };
}
