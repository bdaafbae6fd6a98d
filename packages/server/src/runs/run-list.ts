import type { Run, RunStatus, Slice } from "./run.ts";

/** Which runs; every part that is given must hold. */
export type RunFilter = {
  readonly status?: RunStatus | undefined;
  /** Name of the scenario. */
  readonly scenario?: string | undefined;
  /** Name of the policy. */
  readonly policy?: string | undefined;
  readonly seed?: number | undefined;
  /** Asked for at this time or later. */
  readonly createdFrom?: Date | undefined;
  /** Asked for before this time. */
  readonly createdBefore?: Date | undefined;
  /** Part of the id or of the name of the scenario or policy, in upper or lower case. */
  readonly search?: string | undefined;
  /** What they were started for. */
  readonly label?: string | undefined;
  /** Labels of runs that are left out; runs without a label are not. */
  readonly withoutLabels?: readonly string[] | undefined;
};

/** What runs are sorted by. Runs without such a value come last; among equal ones, the number in the log decides. */
export const RUN_SORT_KEYS = {
  created: "When it was asked for.",
  finished: "When it became final.",
  workTime: "Its work time.",
  accesses: "Accesses that its VMs have made.",
  faults: "Accesses that faulted.",
} as const;
export type RunSortKey = keyof typeof RUN_SORT_KEYS;

export const SORT_DIRECTIONS = ["ascending", "descending"] as const;
export type SortDirection = (typeof SORT_DIRECTIONS)[number];

export type RunOrder = { readonly by: RunSortKey; readonly direction: SortDirection };

export const NEWEST_FIRST: RunOrder = { by: "created", direction: "descending" };

/** Runs are counted up to here: more of them are `MAX_COUNTED_RUNS + 1`. */
export const MAX_COUNTED_RUNS = 100_000;

type ListQuery = RunFilter & { readonly order?: RunOrder };
type RunLister = { listRuns(query: ListQuery & { readonly first: number; readonly after?: string | undefined }): Promise<Slice<Run>> };

/** How many runs one question to the database asks for. */
const PAGE_RUNS = 500;

/** Runs, newest first unless told otherwise, page by page as they are asked for; `limit` may be Infinity. */
export async function* listedRuns(runs: RunLister, { limit, ...query }: ListQuery & { readonly limit: number }): AsyncGenerator<Run> {
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
