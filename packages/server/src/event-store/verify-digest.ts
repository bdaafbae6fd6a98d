import { BallastError } from "@ballast/core/errors";
import type { Pool } from "pg";
import { databaseError } from "../database/database-error.ts";
import { DigestChain } from "./digest-chain.ts";
import { readEvents } from "./read-events.ts";
import { readHead } from "./run-head.ts";
import { cutSegments, loadSegments } from "./run-segments.ts";

/** What was found to be in order. */
export type VerifiedDigest = { readonly position: number; readonly digest: string };

/**
 * Computes a run's digest again from the stored events, ancestors' included, and compares it at the end of every commit.
 * @throws BallastError HISTORY_DAMAGED with the first stretch of positions that does not match; RUN_NOT_FOUND.
 */
export async function verifyStoredDigest(pool: Pool, run: number): Promise<VerifiedDigest> {
  const head = await readHead(pool, run);
  const stored = await fetchDigests(pool, run, head.position);
  const chain = new DigestChain();
  for await (const batch of readEvents(pool, run, { to: head.position })) {
    if (batch.firstPosition !== chain.lastPosition + 1)
      throw damaged(run, chain.lastPosition + 1, batch.firstPosition - 1, "is missing");
    chain.update(batch);
    const expected = stored.get(batch.lastPosition);
    if (expected !== undefined && expected !== chain.digest()) {
      throw damaged(run, batch.firstPosition, batch.lastPosition, "does not match the digest stored with it");
    }
  }
  if (chain.lastPosition < head.position) throw damaged(run, chain.lastPosition + 1, head.position, "is missing");
  if (chain.digest() !== head.digest)
    throw damaged(run, 1, head.position, "does not match the digest of the run's head");
  return { position: head.position, digest: head.digest };
}

function damaged(run: number, from: number, to: number, what: string): BallastError {
  return new BallastError(
    "HISTORY_DAMAGED",
    `Run ${run}: the stretch of positions ${from}-${to} ${what}. Everything before position ${from} is in order; ` +
      "restore the database from a backup, or run the scenario again.",
  );
}

/** Digests by the last position of their commit. A commit that reaches beyond a fork's position has none to compare. */
async function fetchDigests(pool: Pool, run: number, head: number): Promise<Map<number, string>> {
  const digests = new Map<number, string>();
  try {
    for (const segment of cutSegments(await loadSegments(pool, run), 1, head)) {
      const { rows } = await pool.query<{ position: number; digest: string }>(
        `select last_position as position, digest from commits
         where root_run_id = $1 and run_id = $2 and last_position between $3 and $4`,
        [segment.rootRun, segment.sourceRun, segment.firstPosition, segment.lastPosition],
      );
      for (const row of rows) digests.set(row.position, row.digest);
    }
    return digests;
  } catch (error) {
    throw databaseError(error);
  }
}
