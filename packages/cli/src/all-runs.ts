import type { ListRuns, Run, RunReader } from "@ballast/server/runs";

/** How many runs one question to the database asks for. */
const PAGE_RUNS = 500;

/** Every run, newest first. */
export async function allRuns(runs: RunReader): Promise<Run[]> {
  const found: Run[] = [];
  for await (const run of listedRuns(runs, { limit: Infinity })) found.push(run);
  return found;
}

/** Runs, newest first unless told otherwise, page by page as they are asked for. */
export async function* listedRuns(
  runs: RunReader,
  { limit, ...query }: Omit<ListRuns, "first" | "after"> & { readonly limit: number },
): AsyncGenerator<Run> {
  let left = limit;
  let after: string | undefined;
  while (left > 0) {
    const page = await runs.listRuns({ ...query, first: Math.min(left, PAGE_RUNS), after });
    yield* page.items;
    left -= page.items.length;
    if (!page.hasMore || page.endCursor === null) return;
    after = page.endCursor;
  }
}
