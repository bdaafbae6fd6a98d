import type { Pool } from "@ballast/server/database";
import type { Run } from "@ballast/server/runs";
import type { Cli } from "./cli.ts";
import { showCount } from "@ballast/core/quantities";

/** Says why a command that asks for a moment of a run takes long: another version left keyframes that this one does not read. */
export async function reportStaleKeyframes(cli: Cli, pool: Pool, run: Run): Promise<void> {
  const { hasStaleKeyframes } = await import("@ballast/server/history");
  if (!(await hasStaleKeyframes(pool, run.logId))) return;
  cli.progress.say(
    `The keyframes of run ${run.id} were recorded by another version: up to ${showCount(run.headPosition)} events are replayed. ` +
      "`ballast serve` rebuilds them in the background, `ballast rebuild` immediately.",
  );
}
