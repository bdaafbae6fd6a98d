import { listedRuns } from "@ballast/server/run-list";
import type { Run, RunReader } from "@ballast/server/runs";

/** Every run, newest first. */
export async function allRuns(runs: RunReader): Promise<Run[]> {
  const found: Run[] = [];
  for await (const run of listedRuns(runs, { limit: Infinity })) found.push(run);
  return found;
}
