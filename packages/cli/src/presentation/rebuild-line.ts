import type { RebuildProgress } from "@ballast/server/projections";
import { showCount } from "@ballast/core/quantities";

/** How far the rebuild is that begins by itself after Ballast was updated. */
export function rebuildLine({ doneRuns, totalRuns }: RebuildProgress): string {
  const runs = `${showCount(totalRuns)} ${totalRuns === 1 ? "run" : "runs"} recorded by another version`;
  if (doneRuns === totalRuns) return `Rebuilt the read models and keyframes of ${runs}`;
  const done = doneRuns === 0 ? "" : `: ${showCount(doneRuns)} of ${showCount(totalRuns)}`;
  return `Rebuilding the read models and keyframes of ${runs}${done}`;
}
