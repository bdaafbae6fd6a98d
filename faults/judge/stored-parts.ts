/** How a changed row of a table must show. */
export type Guard =
  /** A part of the history: an answer is right, or names the damage. */
  | "checked"
  /** Computed from the history, and checked when it is read: a reader that finds it damaged skips it or makes it again, so that every answer is right. */
  | "repaired"
  /** Needed only to continue a run: skipped, or the run fails and names the damage. */
  | "resumed"
  /** Catalogues for SQL views, which a server writes when it starts: no answer depends on them. */
  | "catalogue"
  /** What people gave, or states of the queue: there is nothing that it could be held against. */
  | "given";

/**
 * Every table of the database. What is not in here fails the simulation: a new table gets a line that says how damage to it must
 * show. The reasons why some are not checked stand in docs/reliability.md.
 */
export const STORED_TABLES: Readonly<Record<string, Guard>> = {
  commits: "checked",
  keyframes: "repaired",
  keyframe_parts: "repaired",
  run_segments: "checked",
  runs: "checked",
  traces: "checked",
  trace_blocks: "checked",
  trace_pages: "checked",
  trace_page_names: "checked",
  checkpoints: "resumed",
  projection_states: "repaired",
  series_points: "repaired",
  run_summaries: "repaired",
  decisions: "repaired",
  decision_figures: "repaired",
  page_filters: "repaired",
  figure_names: "catalogue",
  event_types: "catalogue",
  run_jobs: "given",
  run_traces: "given",
  comparisons: "given",
  run_commands: "given",
  idempotency_keys: "given",
  deleted_runs: "given",
  unchecked_owners: "given",
  api_tokens: "given",
  workers: "given",
};

/** Columns of checked tables that are no part of the history, with the reason. */
export const UNCHECKED_COLUMNS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  runs: {
    keeps_events: "whether there is a history",
    status: "a state of the queue",
    lease_owner: "a state of the queue",
    lease_epoch: "a state of the queue",
    lease_until: "a state of the queue",
    created_at: "a time of day, which no event has",
  },
  traces: {
    name: "what people gave",
    description: "what people gave",
    imported_at: "a time of day",
    format: "how it was recorded; nothing is computed from it",
    stored_bytes: "a size that is shown",
  },
  keyframes: { stored_bytes: "a size that is shown", time_ns: "shown; moments are found by the commits" },
};

/** Tables of the migrations' own bookkeeping. */
const BOOKKEEPING = /^kysely_/;

export type Column = { readonly table: string; readonly name: string; readonly type: string; readonly isNullable: boolean };

/** The columns that the database has, by table. @throws Error for a table of which nothing is said above, and for one that is gone. */
export function columnsByTable(columns: readonly Column[]): Map<string, Column[]> {
  const found = Map.groupBy(
    columns.filter(({ table }) => !BOOKKEEPING.test(table)),
    ({ table }) => table,
  );
  const unknown = [...found.keys()].filter((table) => !Object.hasOwn(STORED_TABLES, table));
  const gone = Object.keys(STORED_TABLES).filter((table) => !found.has(table));
  if (unknown.length > 0)
    throw new Error(`faults/judge/stored-parts.ts says nothing of the tables ${unknown.join(", ")}: say how damage to them must show`);
  if (gone.length > 0) throw new Error(`faults/judge/stored-parts.ts has tables that the database has not: ${gone.join(", ")}`);
  return found;
}

/** Whether `ballast verify --quick` has to find a change. */
export function isChecked(table: string, column: string | null): boolean {
  const guard = STORED_TABLES[table];
  return (guard === "checked" || guard === "repaired") && (column === null || UNCHECKED_COLUMNS[table]?.[column] === undefined);
}

export function isRepaired(table: string): boolean {
  return STORED_TABLES[table] === "repaired";
}

/** Whether answers may differ from the undisturbed ones without a word. */
export function mayDiffer(table: string, column: string | null): boolean {
  const guard = STORED_TABLES[table];
  return guard === "given" || guard === "resumed" || (guard === "checked" && !isChecked(table, column));
}

export const COLUMNS_OF_DATABASE = `select c.table_name as "table", c.column_name as name, c.udt_name as type, c.is_nullable = 'YES' as "isNullable"
  from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
  where table_schema = 'public' and t.table_type = 'BASE TABLE' order by 1, c.ordinal_position`;
