import { BallastError } from "@ballast/core/errors";
import type { ExecutorNotice } from "../runs/execution.ts";

const REPEAT_MS = 60_000;

/**
 * Passes on what concerns no single run at most once a minute: while Postgres is full or away, everything that polls
 * says the same again and again.
 */
export function everyMinute(
  onNotice: (notice: ExecutorNotice) => void,
  nowMs: () => number = () => performance.now(),
): (notice: ExecutorNotice) => void {
  const toldAtMs = new Map<string, number>();
  return (notice) => {
    const key = `${notice.what}: ${troubleOf(notice.error)}`;
    const isRepeated = nowMs() - (toldAtMs.get(key) ?? -Infinity) < REPEAT_MS;
    if (notice.run === null && isRepeated) return;
    toldAtMs.set(key, nowMs());
    onNotice(notice);
  };
}

/** The message names whichever file could not grow: the code tells whether it is the same trouble. */
function troubleOf(error: unknown): string {
  return error instanceof BallastError ? error.code : String(error);
}
