import type { Pool } from "pg";
import { databaseError } from "../database/database-error.ts";
import { readHead } from "../event-store/index.ts";

export type DecisionFigure = { readonly vm: number; readonly figure: string; readonly value: number };

/** A decision of a run's policy, with its reason, what it rests on, and what came of it. */
export type DecisionRow = {
  /** From 1, by the order in which they were made. */
  readonly decision: number;
  readonly position: number;
  readonly timeNs: number;
  readonly vm: number;
  /** A DecisionKind. */
  readonly kind: number;
  readonly reason: string;
  readonly requestedPages: number;
  /** A ClampCause, null if it was carried out in full. */
  readonly clampCause: number | null;
  readonly donePages: number | null;
  readonly figures: readonly DecisionFigure[];
};

export type DecisionQuery = {
  /** Begin after this decision; 0 if not given. */
  readonly after?: number;
  /** 100 if not given. */
  readonly first?: number;
  /** Only those that concern this VM. */
  readonly vm?: number;
};

const SELECT = `
  select d.decision, d.position, d.time_ns as "timeNs", d.vm, d.kind, d.reason, d.requested_pages as "requestedPages",
    d.clamp_cause as "clampCause", d.done_pages as "donePages",
    coalesce((
      select jsonb_agg(jsonb_build_object('vm', f.vm, 'figure', f.figure, 'value', f.value_millionths / 1e6) order by f.position)
      from decision_figures f where f.root_run_id = d.root_run_id and f.run_id = d.run_id and f.decision = d.decision
    ), '[]') as figures
  from decisions d
  where d.root_run_id = $1 and d.run_id = $2 and d.decision > $3 and d.position is not null and ($4::integer is null or d.vm = $4)
  order by d.decision limit $5`;

/** The decisions of a run, a page of them. @throws BallastError RUN_NOT_FOUND. */
export async function readDecisions(pool: Pool, run: number, query: DecisionQuery = {}): Promise<DecisionRow[]> {
  const { rootRun } = await readHead(pool, run);
  try {
    const values = [rootRun, run, query.after ?? 0, query.vm ?? null, query.first ?? 100];
    const { rows } = await pool.query<DecisionRow>(SELECT, values);
    return rows;
  } catch (error) {
    throw databaseError(error);
  }
}
