import { expect, test } from "vitest";
import { createTestDatabase } from "../testing/index.ts";
import { createPool } from "./index.ts";
import type { DatabaseSchema } from "./schema.ts";

type SqlType = "boolean" | "bytea" | "bigint" | "bigint[]" | "integer" | "json" | "jsonb" | "smallint" | "text" | "timestamptz" | "uuid";

/** The compiler has this name every column of `DatabaseSchema` and no other; a question mark says that null may be. */
const COLUMNS: { [Table in keyof DatabaseSchema]: { [Column in keyof DatabaseSchema[Table]]: SqlType | `${SqlType}?` } } = {
  runs: {
    id: "bigint",
    root_run_id: "bigint",
    parent_run_id: "bigint?",
    fork_position: "bigint?",
    status: "text",
    catalogue_version: "smallint",
    head_position: "bigint",
    head_time_ns: "bigint",
    head_digest: "text",
    text_count: "integer",
    lease_owner: "text?",
    lease_epoch: "bigint",
    lease_until: "timestamptz?",
    created_at: "timestamptz",
    head_checksum: "bytea?",
    keeps_events: "boolean",
  },
  run_jobs: {
    run_id: "bigint",
    public_id: "uuid",
    scenario_name: "text",
    scenario: "json",
    policy_name: "text",
    policy_version: "text",
    parameters: "json",
    seed: "bigint",
    comparison_id: "uuid?",
    comparison_place: "smallint?",
    accesses: "bigint",
    figures: "json?",
    error_code: "text?",
    error_message: "text?",
    memory_bytes: "bigint",
    label: "text?",
    started_at: "timestamptz?",
    finished_at: "timestamptz?",
    input_checksum: "bytea?",
    figures_checksum: "bytea?",
  },
  comparisons: {
    id: "uuid",
    number: "bigint",
    scenario_name: "text",
    seed: "bigint",
    design: "json",
    created_at: "timestamptz",
    checksum: "bytea?",
  },
  traces: {
    id: "bigint",
    name: "text",
    description: "text",
    format: "text",
    digest: "text",
    reference_count: "bigint",
    kind_counts: "bigint[]",
    page_count: "integer",
    page_bytes: "integer",
    block_count: "integer",
    stored_bytes: "bigint",
    imported_at: "timestamptz",
    name_chunk_count: "integer?",
    checksum: "bytea?",
  },
  decisions: {
    root_run_id: "bigint",
    run_id: "bigint",
    decision: "integer",
    position: "bigint?",
    time_ns: "bigint?",
    vm: "integer?",
    kind: "smallint?",
    reason: "text?",
    requested_pages: "bigint?",
    clamp_cause: "smallint?",
    done_pages: "bigint?",
    checksum: "bytea?",
  },
  decision_figures: {
    root_run_id: "bigint",
    run_id: "bigint",
    decision: "integer",
    position: "bigint",
    vm: "integer",
    figure: "text",
    value_millionths: "bigint",
    checksum: "bytea?",
  },
};

const CATALOG = `
select c.relname as "table", a.attname as "column",
  replace(format_type(a.atttypid, null), 'timestamp with time zone', 'timestamptz') ||
    case when a.attnotnull then '' else '?' end as type
from pg_class c join pg_attribute a on a.attrelid = c.oid
where c.relnamespace = 'public'::regnamespace and c.relname = any($1) and a.attnum > 0 and not a.attisdropped`;

test("the schema of the typed queries is that of the migrated database; oracle: Postgres' own catalog", async () => {
  const database = await createTestDatabase();
  const pool = createPool(database.connectionString, { max: 1 });
  const { rows } = await pool.query<{ table: string; column: string; type: string }>(CATALOG, [Object.keys(COLUMNS)]);
  await pool.end();
  await database.drop();
  const found: Record<string, Record<string, string>> = {};
  for (const { table, column, type } of rows) (found[table] ??= {})[column] = type;
  expect(found).toEqual(COLUMNS);
});
