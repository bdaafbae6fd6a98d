import { sql } from "kysely";
import { type Pool, queries, readRows } from "../database/index.ts";
import { readHead, type RunHead } from "../event-store/index.ts";

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

/** The decisions of a run, a page of them. @throws BallastError RUN_NOT_FOUND. */
export async function readDecisions(pool: Pool, run: number, query: DecisionQuery = {}): Promise<DecisionRow[]> {
  const { after = 0, first = 100, vm } = query;
  let decisions = decisionsOf(await readHead(pool, run)).where("d.decision", ">", after);
  if (vm !== undefined) decisions = decisions.where("d.vm", "=", vm);
  return await readRows(pool, decisions.orderBy("d.decision").limit(first));
}

const FIGURE = sql`jsonb_build_object('vm', f.vm, 'figure', f.figure, 'value', f.value_millionths / 1e6)`;

/** Those that are projected whole: a decision whose clamp alone is there has no position yet. */
function decisionsOf({ rootRun, run }: Pick<RunHead, "rootRun" | "run">) {
  return queries
    .selectFrom("decisions as d")
    .select((row) => [
      "d.decision",
      row.ref("d.position").$notNull().as("position"),
      row.ref("d.time_ns").$notNull().as("timeNs"),
      row.ref("d.vm").$notNull().as("vm"),
      row.ref("d.kind").$notNull().as("kind"),
      row.ref("d.reason").$notNull().as("reason"),
      row.ref("d.requested_pages").$notNull().as("requestedPages"),
      "d.clamp_cause as clampCause",
      "d.done_pages as donePages",
      row
        .selectFrom("decision_figures as f")
        .select(sql<DecisionFigure[]>`coalesce(jsonb_agg(${FIGURE} order by f.position), '[]')`.as("all"))
        .whereRef("f.root_run_id", "=", "d.root_run_id")
        .whereRef("f.run_id", "=", "d.run_id")
        .whereRef("f.decision", "=", "d.decision")
        .$asScalar()
        .$notNull()
        .as("figures"),
    ])
    .where("d.root_run_id", "=", rootRun)
    .where("d.run_id", "=", run)
    .where("d.position", "is not", null);
}
