import { balloonResults } from "./derived/balloon.ts";
import type { DerivedResults } from "./derived/outcome.ts";
import { reclaimResults } from "./derived/reclaim.ts";
import { stallResults } from "./derived/stalls.ts";
import { workResults } from "./derived/work.ts";

export { runResults as RUN_RESULTS } from "./derived/run.ts";

/** Results of each VM, and of the run, that no event changes by itself. */
export const DERIVED_RESULTS = {
  ...workResults,
  ...stallResults,
  ...reclaimResults,
  ...balloonResults,
} as const satisfies DerivedResults;
