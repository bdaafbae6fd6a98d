import { assert } from "@ballast/core/assert";
import type { Pool } from "pg";
import { readInt4, readInt8 } from "../database/copy-binary.ts";
import { type GroupReader, readGroup } from "./read-group.ts";
import { DECISION, DECISION_FIGURE, decisionGroup, groupOfName, type RowGroup } from "./read-model-parts.ts";
import { readModels } from "./read-models.ts";
import { type StoredDecision, toDecision } from "./stored-decision.ts";

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
  readonly vm?: number | undefined;
};

/**
 * The decisions of a run, a page of them, as far as they are projected whole: a decision whose clamp alone is there has no position yet.
 * @throws BallastError RUN_NOT_FOUND; HISTORY_DAMAGED if they are damaged and cannot be made again.
 */
export async function readDecisions(pool: Pool, run: number, query: DecisionQuery = {}): Promise<DecisionRow[]> {
  return (await readModels(pool, run, async (store) => await readPage(store, query))) ?? [];
}

/** Some decisions of a run, by their numbers, as far as they are projected. @throws as `readDecisions`. */
export async function readDecisionsOf(pool: Pool, run: number, decisions: readonly number[]): Promise<Map<number, DecisionRow>> {
  const found = await readModels(pool, run, async (store) => {
    const rows = new Map<number, DecisionRow>();
    const firsts = new Set(decisions.map((decision) => decisionGroup(DECISION, decision).from));
    for (const group of groupsAfter(store, 0)) {
      if (!firsts.has(group.from)) continue;
      for (const row of await readWithFigures(store, group)) rows.set(row.decision, row);
    }
    return rows;
  });
  return found ?? new Map<number, DecisionRow>();
}

/** As many as are checked together. */
const PAGE_DECISIONS = 128;

/** Every decision of a run, or all that concern one VM, up to a limit, read as they are asked for. @throws as `readDecisions`. */
export async function* readAllDecisions(
  pool: Pool,
  run: number,
  { vm, limit = Infinity, signal }: Pick<DecisionQuery, "vm"> & { readonly limit?: number | undefined; readonly signal: AbortSignal },
): AsyncGenerator<DecisionRow, void, void> {
  for (let [after, left] = [0, limit]; left > 0;) {
    signal.throwIfAborted();
    const first = Math.min(left, PAGE_DECISIONS);
    const page = await readDecisions(pool, run, { after, first, vm });
    yield* page;
    if (page.length < first) return;
    left -= first;
    after = page.at(-1)!.decision;
  }
}

async function readPage(store: GroupReader, { after = 0, first = 100, vm }: DecisionQuery): Promise<DecisionRow[]> {
  const found: DecisionRow[] = [];
  for (const group of groupsAfter(store, after)) {
    if (found.length >= first) break;
    found.push(...(await readWithFigures(store, group, (row) => row.decision > after && (vm === undefined || row.vm === vm))));
  }
  return found.slice(0, first);
}

/** Those of a group that are projected whole and wanted. */
async function readWithFigures(
  store: GroupReader,
  group: RowGroup,
  isWanted: (row: StoredDecision) => boolean = () => true,
): Promise<DecisionRow[]> {
  const decisions = (await readGroup(store, group)).map(toDecision);
  const wanted = decisions.filter((row) => row.position !== null && isWanted(row));
  if (wanted.length === 0) return [];
  const figures = await figuresOf(store, group.from);
  return wanted.map((row) => toRow(row, figures.get(row.decision) ?? []));
}

/** Those in which a later decision may be, ascending. A group that is lost as a whole is still named by its digest. */
function groupsAfter({ groups }: GroupReader, after: number): RowGroup[] {
  const all = groups.names.map(groupOfName).filter(({ part, to }) => part === DECISION && to > after);
  return all.toSorted((left, right) => left.from - right.from);
}

/** By their decision, by position. */
async function figuresOf(store: GroupReader, decision: number): Promise<Map<number, DecisionFigure[]>> {
  const rows = await readGroup(store, decisionGroup(DECISION_FIGURE, decision));
  const figures = new Map<number, DecisionFigure[]>();
  for (const [of, , vm, figure, millionths] of rows) {
    const seen = { vm: readInt4(vm), figure: String(figure), value: readInt8(millionths) / 1e6 };
    const known = figures.get(readInt4(of));
    if (known === undefined) figures.set(readInt4(of), [seen]);
    else known.push(seen);
  }
  return figures;
}

function toRow(row: StoredDecision, figures: readonly DecisionFigure[]): DecisionRow {
  const { decision, position, time_ns: timeNs, vm, kind, reason, requested_pages: requestedPages } = row;
  assert(
    position !== null && timeNs !== null && vm !== null && kind !== null && reason !== null && requestedPages !== null,
    () => `decision ${decision} is half written`,
  );
  return { decision, position, timeNs, vm, kind, reason, requestedPages, clampCause: row.clamp_cause, donePages: row.done_pages, figures };
}
