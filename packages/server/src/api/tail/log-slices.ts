import type { EventBatch } from "@ballast/core/events";
import type { Follower } from "./follower.ts";
import type { Followers } from "./followers.ts";
import type { SharedLog } from "./shared-log.ts";
import type { TurnQueue } from "./turn-queue.ts";

/** Some events of a log in their order: [from, end) of a batch. */
export type LogSlice = {
  readonly logId: number;
  readonly batch: EventBatch;
  readonly from: number;
  readonly end: number;
  readonly firstPosition: number;
  readonly lastPosition: number;
};

/** Where slices come from, and who else reads. */
export type LogSource = { readonly log: SharedLog; readonly turns: TurnQueue; readonly followers: Followers };

/**
 * The events behind a follower up to a position that is stored, in slices of at most `sliceEvents`, each after a turn of
 * the event loop was given to it. Slices end with commits, so that readers that began at different places have the same
 * slices from the next commit on.
 * @throws BallastError RUN_NOT_FOUND, HISTORY_DAMAGED; the follower's signal's reason when it aborts.
 */
export async function* slicesUpTo(
  { log, turns, followers }: LogSource,
  follower: Follower,
  last: number,
  sliceEvents: number,
): AsyncGenerator<LogSlice, void, void> {
  const { run, signal } = follower;
  while (follower.position < last) {
    const isUrgent = follower.isLive(Math.max(last, followers.headOf(run.logId)));
    const firstPosition = follower.position + 1;
    const { batch, release } = await log.batchAt(run.logId, firstPosition, { isUrgent, signal });
    try {
      await turns.take(isUrgent, signal);
    } finally {
      release();
    }
    const lastPosition = Math.min(last, batch.lastPosition, follower.position + sliceEvents);
    const from = firstPosition - batch.firstPosition;
    // Who writes the slice may advance the follower itself, when it is written and before the client has taken it.
    yield { logId: run.logId, batch, from, end: from + lastPosition - firstPosition + 1, firstPosition, lastPosition };
    follower.advance(lastPosition);
  }
}
