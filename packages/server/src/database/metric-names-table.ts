import { METRICS } from "@ballast/core/metrics";
import type { Pool } from "pg";
import { PROJECTION_LAYOUT } from "./layouts.ts";

/** Fills the table that gives the metrics of series their names in SQL; done at every start. */
export async function writeMetricNames(client: { query: Pool["query"] }): Promise<void> {
  const named = (is_host: boolean, names: readonly string[]) =>
    names.map((name, index) => ({ layout: PROJECTION_LAYOUT, is_host, place: index + 1, name }));
  await client.query(
    `insert into figure_names (layout, is_host, place, name)
     select * from jsonb_to_recordset($1::jsonb) as row (layout text, is_host boolean, place integer, name text)
     on conflict do nothing`,
    [JSON.stringify([...named(true, METRICS.host), ...named(false, METRICS.vm)])],
  );
}
