import { DecisionClamped, nameOf, PolicyDecided } from "@ballast/core/events";
import { type DecisionRow, readAllDecisions } from "../projections/index.ts";
import type { RunSource } from "./event-table.ts";
import { runFacts } from "./run-facts.ts";
import { type ExportTable, type ItemColumn, tableOf } from "./table.ts";

const KINDS = PolicyDecided.fields.a.choices;
const CAUSES = DecisionClamped.fields.b.choices;

const COLUMNS: readonly ItemColumn<DecisionRow>[] = [
  { name: "decision", kind: "integer", isRequired: true, cell: ({ decision }) => decision },
  { name: "position", kind: "integer", isRequired: true, cell: ({ position }) => position },
  { name: "timeNs", kind: "integer", isRequired: true, cell: ({ timeNs }) => timeNs },
  { name: "vm", kind: "integer", cell: ({ vm }) => (vm === 0 ? null : vm) },
  { name: "kind", kind: "name", isRequired: true, cell: ({ kind, decision }) => nameOf(KINDS, kind, `the kind of decision ${decision}`) },
  { name: "reason", kind: "text", isRequired: true, cell: ({ reason }) => reason },
  { name: "requestedPages", kind: "integer", isRequired: true, cell: ({ requestedPages }) => requestedPages },
  { name: "donePages", kind: "integer", cell: ({ donePages }) => donePages },
  { name: "clampCause", kind: "name", cell: causeOf },
  { name: "figures", kind: "json", isRequired: true, cell: ({ figures }) => JSON.stringify(figures) },
];

/** `from` and `to` are positions, included. */
type Query = {
  readonly vm?: number | undefined;
  readonly limit?: number | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
};

/** What a run's policy decided, one decision per row; the figures that it rests on are a JSON array of `vm`, `figure` and `value`. */
export function decisionTable({ pool, run, signal }: RunSource, { from = 1, to = Infinity, ...query }: Query = {}): ExportTable {
  const decisions = readAllDecisions(pool, run.logId, { ...query, signal });
  return tableOf(COLUMNS, between(decisions, from, to), runFacts(run, "decisions"));
}

/** Decisions are numbered in the order of their positions. */
async function* between(decisions: AsyncIterable<DecisionRow>, from: number, to: number): AsyncGenerator<DecisionRow, void, void> {
  for await (const decision of decisions) {
    if (decision.position > to) return;
    if (decision.position >= from) yield decision;
  }
}

function causeOf({ clampCause, decision }: DecisionRow): string | null {
  return clampCause === null ? null : nameOf(CAUSES, clampCause, `what limited decision ${decision}`);
}
