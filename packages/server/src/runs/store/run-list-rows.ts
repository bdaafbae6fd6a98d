import type { Pool } from "pg";
import { query } from "../../database/query.ts";
import { MAX_COUNTED_RUNS, type RunFilter, type RunOrder } from "../run-list.ts";
import type { Run } from "../run.ts";
import { SqlConditions } from "./run-conditions.ts";
import { limitToPart, type OrderPart, partsAfter, placeColumns, type RunPlace } from "./run-order.ts";
import { PRESENT_COLUMNS, type PresentRow, toListedRuns } from "./run-rows.ts";

const FROM = "from runs r join run_jobs j on j.run_id = r.id";

export type RunListQuery = {
  readonly filter: RunFilter;
  readonly order: RunOrder;
  readonly after: RunPlace | null;
  readonly limit: number;
};
export type PlacedRun = { readonly run: Run; readonly place: RunPlace };

/** In their order. One that is not what was written stands among them as failed with HISTORY_DAMAGED. */
export async function selectRuns(pool: Pool, list: RunListQuery): Promise<PlacedRun[]> {
  const found: PlacedRun[] = [];
  for (const part of partsAfter(list.order, list.after)) {
    const limit = list.limit - found.length;
    if (limit > 0) found.push(...(await selectPart(pool, { ...list, limit }, part)));
  }
  return found;
}

async function selectPart(pool: Pool, { filter, order, after, limit }: RunListQuery, part: OrderPart): Promise<PlacedRun[]> {
  const conditions = SqlConditions.of(filter);
  const orderBy = limitToPart(conditions, order, part, after);
  const text = `select ${PRESENT_COLUMNS}, ${placeColumns(order)} ${FROM} ${conditions.where} ${orderBy} limit ${conditions.parameter(limit)}`;
  const rows = await query<PresentRow & { readonly sort_value: number | null }>(pool, text, conditions.values);
  const places = new Map(rows.map((row) => [row.run_id, { value: row.sort_value, logId: row.run_id }]));
  return (await toListedRuns(pool, rows)).map((run) => ({ run, place: places.get(run.logId)! }));
}

/** How many there are, up to `MAX_COUNTED_RUNS + 1`. */
export async function countRuns(pool: Pool, filter: RunFilter): Promise<number> {
  const conditions = SqlConditions.of(filter);
  const matching = `select ${FROM} ${conditions.where} limit ${MAX_COUNTED_RUNS + 1}`;
  const [row] = await query<{ count: number }>(pool, `select count(*)::integer as count from (${matching}) as counted`, conditions.values);
  return row?.count ?? 0;
}
