import type { KnownEvents } from "@ballast/core/events";
import type { Pool } from "pg";
import { type CommitCache, readEvents, readHead, requirePosition } from "../../event-store/index.ts";

/** Those from the event behind a position to the end of its commit. @throws BallastError POSITION_OUT_OF_RANGE if there is none, RUN_NOT_FOUND. */
export async function eventsBehind(pool: Pool, run: number, position: number, cache: CommitCache): Promise<KnownEvents> {
  for await (const batch of readEvents(pool, run, { from: position + 1, cache })) return batch;
  requirePosition(await readHead(pool, run), position + 1, 1);
  throw new Error(`position ${position + 1} of run ${run} was in no commit, though none is missing`);
}
