import { StoredPart } from "../database/checksums/index.ts";

/**
 * The rows of read models. Whose they are is not in their checksums: the group that they belong to is known by the checksums of
 * its rows (see `GroupDigests`), in the state of its run, so that a row of another run does not pass.
 */
export const SERIES_POINT = new StoredPart("series_points", { vm: "int4", time_ns: "int8", figures: "float8[]" });

export const RUN_SUMMARY = new StoredPart("run_summaries", { position: "int8", time_ns: "int8", summary: "json" });

export const DECISION = new StoredPart("decisions", {
  decision: "int4",
  position: "int8",
  time_ns: "int8",
  vm: "int4",
  kind: "int2",
  reason: "text",
  requested_pages: "int8",
  clamp_cause: "int2",
  done_pages: "int8",
});

export const DECISION_FIGURE = new StoredPart("decision_figures", {
  decision: "int4",
  position: "int8",
  vm: "int4",
  figure: "text",
  value_millionths: "int8",
});

/** Of a run: how far its read models are, what their folds remember, and the digests of all groups of their rows. */
export const PROJECTION_STATE = new StoredPart("projection_states", {
  root_run_id: "int8",
  run_id: "int8",
  position: "int8",
  state: "json",
  layout: "text",
});

/** Decisions that are checked together: a page reads no more of them than it has, but for these at its ends. */
const GROUPED_DECISIONS = 128;

/** Rows that are read and checked together: those with the column between two values, both included. */
export type RowGroup = {
  readonly part: StoredPart;
  /** None: all rows of the run. */
  readonly column?: string;
  readonly from: number;
  readonly to: number;
  /** Of its rows, in SQL. */
  readonly order: string;
};

export const SUMMARY_GROUP: RowGroup = { part: RUN_SUMMARY, from: 0, to: 0, order: "position" };

export function seriesGroup(vm: number): RowGroup {
  return { part: SERIES_POINT, column: "vm", from: vm, to: vm, order: "time_ns" };
}

/** The one that a decision is in, of decisions or of their figures. */
export function decisionGroup(part: typeof DECISION | typeof DECISION_FIGURE, decision: number): RowGroup {
  const from = Math.floor((decision - 1) / GROUPED_DECISIONS) * GROUPED_DECISIONS + 1;
  return { part, column: "decision", from, to: from + GROUPED_DECISIONS - 1, order: "decision, position" };
}

/** The name under which its digest is kept. */
export function groupName({ part, from }: RowGroup): string {
  return `${part.table} ${from}`;
}

const GROUP_OF: Readonly<Record<string, (from: number) => RowGroup>> = {
  [SERIES_POINT.table]: seriesGroup,
  [RUN_SUMMARY.table]: () => SUMMARY_GROUP,
  [DECISION.table]: (from) => decisionGroup(DECISION, from),
  [DECISION_FIGURE.table]: (from) => decisionGroup(DECISION_FIGURE, from),
};

export const READ_MODEL_TABLES: readonly string[] = Object.keys(GROUP_OF);

export function groupOfName(name: string): RowGroup {
  const [table = "", from] = name.split(" ");
  return GROUP_OF[table]!(Number(from));
}
