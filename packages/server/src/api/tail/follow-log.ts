import { eventsNotKept } from "../../event-store/index.ts";
import { isFinal, type RunService } from "../../runs/index.ts";
import type { Follower } from "./follower.ts";
import { type LogSlice, type LogSource, slicesUpTo } from "./log-slices.ts";

/**
 * Every event of a run behind a follower, in slices: first what is stored, then what comes, until the run is final. Each
 * reader goes by its own position and is only woken by notifications: a slow one waits here, between two slices,
 * and delays no other.
 * @throws BallastError RUN_NOT_FOUND, HISTORY_DAMAGED; the follower's signal's reason when it aborts.
 */
export async function* followLog(
  source: LogSource & { readonly runs: RunService },
  follower: Follower,
  sliceEvents: number,
): AsyncGenerator<LogSlice, void, void> {
  const { run, signal } = follower;
  if (run.keeps === "figures") throw eventsNotKept(run.id);
  const watch = source.runs.watchRun(run.id);
  for (;;) {
    const { status, headPosition } = await watch.wait(follower.position, signal);
    source.followers.learnHead(run.logId, headPosition);
    yield* slicesUpTo(source, follower, headPosition, sliceEvents);
    if (isFinal(status) && headPosition <= follower.position) return;
  }
}
