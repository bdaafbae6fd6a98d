import type { PoolClient } from "../database/index.ts";
import { BACKED_UP_TABLES, type BackedUpTable } from "./backed-up-tables.ts";
import type { SavedColumn } from "./backup-format.ts";
import { STAGING } from "./staging.ts";

/** Which rows of a staged table `s` are put in place. */
const SCOPES: Readonly<Record<BackedUpTable["scope"], (schema: string) => string>> = {
  runs: () => `s.id in (select id from ${STAGING}.added_runs)`,
  ofRuns: () => `s.run_id in (select id from ${STAGING}.added_runs)`,
  traces: () => `s.id in (select id from ${STAGING}.added_traces)`,
  ofTraces: () => `s.trace_id in (select id from ${STAGING}.added_traces)`,
  unchecked: () =>
    `(s.kind = 'run' and s.id in (select id from ${STAGING}.added_runs) or s.kind = 'trace' and s.id in (select id from ${STAGING}.added_traces))`,
  comparisons: (schema) =>
    `s.id not in (select id from ${schema}.comparisons)
     and (s.id in (select j.comparison_id from ${STAGING}.run_jobs j join ${STAGING}.added_runs a on a.id = j.run_id)
       or not exists (select from ${STAGING}.run_jobs j where j.comparison_id = s.id))`,
  keys: (schema) => `s.result_id in (select public_id from ${schema}.run_jobs union select id from ${schema}.comparisons)`,
};

/**
 * Copies what was staged into the tables of a schema, as far as `added_runs` and `added_traces` name them. A key or comparison that
 * is there already stays as it is. Gives the rows that were added, by table.
 */
export async function putInPlace(
  client: PoolClient,
  schema: string,
  columnsOf: ReadonlyMap<string, readonly SavedColumn[]>,
  onTable: (table: string) => void,
): Promise<Map<string, number>> {
  const added = new Map<string, number>();
  // Keys come last: they stand for what is there by then.
  for (const table of BACKED_UP_TABLES.toSorted((left, right) => Number(left.scope === "keys") - Number(right.scope === "keys"))) {
    onTable(table.name);
    const { rowCount } = await client.query(
      insertStatement(
        table,
        schema,
        (columnsOf.get(table.name) ?? []).map(({ name }) => name),
      ),
    );
    added.set(table.name, rowCount ?? 0);
  }
  return added;
}

function insertStatement({ name, scope, introduces, replaced = {} }: BackedUpTable, schema: string, columns: readonly string[]): string {
  const values = columns.map((column) => replaced[column] ?? `s.${column}`);
  return `insert into ${schema}.${name} (${columns.join(", ")}) overriding system value
    select ${values.join(", ")} from ${STAGING}.${name} s where ${SCOPES[scope](schema)}
    ${introduces === undefined ? "" : `order by s.${introduces}`}
    ${scope === "keys" ? "on conflict do nothing" : ""}`;
}
