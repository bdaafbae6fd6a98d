import type { LoggedFigure, ProjectionChanges } from "@ballast/core/projections";
import { copyRowsOn, sqlIntegers } from "../database/copy-binary.ts";
import { type GroupReader, requireIntact } from "./read-group.ts";
import { DECISION, DECISION_FIGURE, decisionGroup } from "./read-model-parts.ts";
import { ofRun } from "./saved-state.ts";
import { noDecision, type StoredDecision, toDecision } from "./stored-decision.ts";

type Changes = Pick<ProjectionChanges, "decisions" | "clamps" | "figures">;

/** @throws ReadModelDamage if a decision that is to be changed is not what was written. */
export async function writeDecisions(store: GroupReader, changes: Changes): Promise<void> {
  await upsertDecisions(store, await changedDecisions(store, changes));
  await insertFigures(store, changes.figures);
}

/** Decisions with what events add to them. Rows that are there already leave the digests of their groups. */
async function changedDecisions(store: GroupReader, { decisions, clamps }: Changes): Promise<Map<number, StoredDecision>> {
  const rows = await existing(store, [...new Set([...decisions, ...clamps].map(({ decision }) => decision))]);
  const change = (decision: number, part: Partial<StoredDecision>): void => {
    rows.set(decision, { ...(rows.get(decision) ?? noDecision(decision)), ...part });
  };
  for (const { decision, position, timeNs, vm, kind, reason, requestedPages } of decisions)
    change(decision, { position, time_ns: timeNs, vm, kind, reason, requested_pages: requestedPages });
  for (const { decision, cause, donePages } of clamps) change(decision, { clamp_cause: cause, done_pages: donePages });
  return rows;
}

async function existing({ client, key, groups }: GroupReader, decisions: readonly number[]): Promise<Map<number, StoredDecision>> {
  const found = new Map<number, StoredDecision>();
  if (decisions.length === 0) return found;
  const rows = await copyRowsOn(
    client,
    `select ${DECISION.selection} from decisions where ${ofRun(key)} and decision = any ('{${sqlIntegers(decisions)}}'::integer[])`,
  );
  for (const row of rows) {
    const decision = toDecision(row);
    const group = decisionGroup(DECISION, decision.decision);
    requireIntact(group, row);
    groups.remove(group, row.at(-1) ?? null);
    found.set(decision.decision, decision);
  }
  return found;
}

async function upsertDecisions({ client, key, groups }: GroupReader, decisions: ReadonlyMap<number, StoredDecision>): Promise<void> {
  const rows = [...decisions.values()].map((row) => {
    const checksum = DECISION.checksumOf(row);
    groups.add(decisionGroup(DECISION, row.decision), checksum);
    return Object.assign({ checksum: checksum.toString("hex") }, row);
  });
  const columns = DECISION.names.map((name) => `${name} ${DECISION.typeOf(name)}`);
  const written = [...DECISION.names.slice(1), DECISION.checksumName];
  await client.query(
    `insert into decisions (root_run_id, run_id, ${DECISION.selection})
     select $1, $2, ${DECISION.names.join(", ")}, decode(checksum, 'hex') from jsonb_to_recordset($3::jsonb) as row (${columns.join(", ")}, checksum text)
     on conflict (root_run_id, run_id, decision) do update set (${written.join(", ")}) = (${written.map((name) => `excluded.${name}`).join(", ")})`,
    [key.rootRun, key.run, JSON.stringify(rows)],
  );
}

async function insertFigures({ client, key, groups }: GroupReader, figures: readonly LoggedFigure[]): Promise<void> {
  const rows = figures.map(({ decision, position, vm, figure, valueMillionths }) => {
    const row = { decision, position, vm, figure, value_millionths: valueMillionths };
    const checksum = DECISION_FIGURE.checksumOf(row);
    groups.add(decisionGroup(DECISION_FIGURE, decision), checksum);
    return { ...row, checksum: checksum.toString("hex") };
  });
  const columns = DECISION_FIGURE.names.map((name) => `${name} ${DECISION_FIGURE.typeOf(name)}`);
  await client.query(
    `insert into decision_figures (root_run_id, run_id, ${DECISION_FIGURE.selection})
     select $1, $2, ${DECISION_FIGURE.names.join(", ")}, decode(checksum, 'hex') from jsonb_to_recordset($3::jsonb) as row (${columns.join(", ")}, checksum text)`,
    [key.rootRun, key.run, JSON.stringify(rows)],
  );
}
