import { HOST_FIGURES, VM_FIGURES } from "@ballast/core/projections";
import type { Pool } from "pg";
import { PROJECTION_LAYOUT } from "./layouts.ts";

/** Fills the table that gives the figures of series their names in SQL; done at every start. */
export async function writeFigureNames(client: { query: Pool["query"] }): Promise<void> {
  const rows = [
    ...HOST_FIGURES.map((name, index) => ({ layout: PROJECTION_LAYOUT, is_host: true, place: index + 1, name })),
    ...VM_FIGURES.map((name, index) => ({ layout: PROJECTION_LAYOUT, is_host: false, place: index + 1, name })),
  ];
  await client.query(
    `insert into figure_names (layout, is_host, place, name)
     select * from jsonb_to_recordset($1::jsonb) as row (layout text, is_host boolean, place integer, name text)
     on conflict do nothing`,
    [JSON.stringify(rows)],
  );
}
