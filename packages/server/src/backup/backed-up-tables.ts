/** Which numbers a column holds that a database gives out itself: they are given out anew where a backup is restored. */
export type Numbering = "run" | "trace" | "comparison" | "command";

/** Another column of the row says which it is, by its name: "run" or "trace". */
export type NamedNumbering = { readonly namedIn: string };

export type BackedUpTable = {
  readonly name: string;
  /** The rows that a backup takes: all of the chosen runs, comparisons and traces. See `scopeCondition`. */
  readonly scope: "runs" | "ofRuns" | "comparisons" | "keys" | "traces" | "ofTraces" | "unchecked";
  /** Columns with numbers that are given out anew. */
  readonly numbers: Readonly<Record<string, Numbering | NamedNumbering>>;
  /** Of these, the column that introduces a number: rows are saved in its order, so that the new ones keep it. */
  readonly introduces?: string;
  /** What columns hold after a restore instead of what was saved, in SQL. */
  readonly replaced?: Readonly<Record<string, string>>;
};

const RUN_KEY = { root_run_id: "run", run_id: "run" } as const;
const ofRun = (name: string): BackedUpTable => ({ name, scope: "ofRuns", numbers: RUN_KEY });
const ofTrace = (name: string): BackedUpTable => ({ name, scope: "ofTraces", numbers: { trace_id: "trace" } });

/** Every table that a backup holds, in the order of the file: what others refer to comes first. */
export const BACKED_UP_TABLES: readonly BackedUpTable[] = [
  { name: "comparisons", scope: "comparisons", numbers: { number: "comparison" }, introduces: "number" },
  {
    name: "runs",
    scope: "runs",
    numbers: { id: "run", root_run_id: "run", parent_run_id: "run" },
    introduces: "id",
    // The lease's owner works on another database: an unfinished run is free to be claimed.
    replaced: { lease_owner: "null", lease_until: "null" },
  },
  { name: "run_jobs", scope: "ofRuns", numbers: { run_id: "run" } },
  { name: "run_segments", scope: "ofRuns", numbers: { ...RUN_KEY, source_run_id: "run" } },
  { name: "run_traces", scope: "ofRuns", numbers: { run_id: "run" } },
  { name: "run_commands", scope: "ofRuns", numbers: { id: "command", run_id: "run" }, introduces: "id" },
  { name: "idempotency_keys", scope: "keys", numbers: {} },
  { name: "traces", scope: "traces", numbers: { id: "trace" }, introduces: "id" },
  ofTrace("trace_blocks"),
  ofTrace("trace_pages"),
  ofTrace("trace_page_names"),
  { name: "unchecked_owners", scope: "unchecked", numbers: { id: { namedIn: "kind" } } },
  ofRun("commits"),
  ofRun("checkpoints"),
  ofRun("keyframes"),
  ofRun("keyframe_parts"),
  ofRun("projection_states"),
  ofRun("series_points"),
  ofRun("run_summaries"),
  ofRun("decisions"),
  ofRun("decision_figures"),
  ofRun("page_filters"),
];

/** Tables that no backup holds, and why. A test refuses a table that stands in neither list. */
export const NOT_BACKED_UP: Readonly<Record<string, string>> = {
  api_tokens: "secrets of one server: tokens are made anew where a backup is restored",
  deleted_runs: "of runs that no backup can take any more",
  event_types: "written from the catalogue at every start",
  figure_names: "written from the projections at every start",
  kysely_migration: "the file names its migrations itself",
  kysely_migration_lock: "of the migrations",
  workers: "processes that execute runs now: they enter themselves",
};
