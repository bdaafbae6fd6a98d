import type { Run, RunReader, RunStatus } from "@ballast/server/runs";

/** How many runs one question to the database asks for. */
const PAGE_RUNS = 500;

/** Every run, newest first. */
export async function allRuns(runs: RunReader): Promise<Run[]> {
  const found: Run[] = [];
  for await (const run of newestRuns(runs, { limit: Infinity })) found.push(run);
  return found;
}

/** Runs, newest first, page by page as they are asked for. */
export async function* newestRuns(
  runs: RunReader,
  { limit, status, scenario }: { readonly limit: number; readonly status?: RunStatus; readonly scenario?: string },
): AsyncGenerator<Run> {
  let left = limit;
  let after: string | undefined;
  while (left > 0) {
    const page = await runs.listRuns({
      first: Math.min(left, PAGE_RUNS),
      ...(status === undefined ? {} : { status }),
      ...(scenario === undefined ? {} : { scenario }),
      ...(after === undefined ? {} : { after }),
    });
    yield* page.items;
    left -= page.items.length;
    if (!page.hasMore || page.endCursor === null) return;
    after = page.endCursor;
  }
}
