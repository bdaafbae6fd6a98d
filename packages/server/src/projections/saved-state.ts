import type { ProjectionState } from "@ballast/core/projections";
import type { PoolClient } from "pg";
import { copyRowsOn, readInt8, sqlInteger } from "../database/copy-binary.ts";
import { PROJECTION_LAYOUT } from "../database/layouts.ts";
import { GroupDigests, type StoredGroupDigests } from "./group-digests.ts";
import { PROJECTION_STATE } from "./read-model-parts.ts";
import type { RunKey } from "./run-key.ts";

/** How far the read models of a run are, and the folds that continue from there. */
export type SavedState = { readonly position: number; readonly folds: ProjectionState; readonly groups: GroupDigests };

/** `none`: nothing was projected yet; `stale`: another version's; `damaged`: not what was written. */
export type StateOutcome = SavedState | "none" | "stale" | "damaged";

type StateText = { readonly folds: ProjectionState; readonly groups: StoredGroupDigests };

const [POSITION, STATE, LAYOUT] = (["position", "state", "layout"] as const).map((name) => PROJECTION_STATE.names.indexOf(name)) as [
  number,
  number,
  number,
];

export async function readState(client: PoolClient, key: RunKey): Promise<StateOutcome> {
  const [row] = await copyRowsOn(client, `select ${PROJECTION_STATE.selection} from projection_states where ${ofRun(key)}`);
  if (row === undefined) return "none";
  const state = row[STATE]?.toString() ?? "";
  if (row.at(-1) === null && state === NOTHING && readInt8(row[POSITION]) === 0) return "none";
  if (PROJECTION_STATE.compare(row.slice(0, -1), row.at(-1)) === "equal") return stateOf(readInt8(row[POSITION]), state, row[LAYOUT]);
  // What an earlier version left has no checksum.
  return row.at(-1) === null && row[LAYOUT]?.toString() !== PROJECTION_LAYOUT ? "stale" : "damaged";
}

function stateOf(position: number, text: string, layout: Buffer | null | undefined): StateOutcome {
  if (layout?.toString() !== PROJECTION_LAYOUT) return "stale";
  const { folds, groups } = JSON.parse(text) as StateText;
  return { position, folds, groups: new GroupDigests(groups) };
}

/** Of a run of which nothing is projected. */
const NOTHING = "null";

/** A row to lock, unless there is one. */
export async function insertState(client: PoolClient, { rootRun, run }: RunKey): Promise<void> {
  await client.query(
    "insert into projection_states (root_run_id, run_id, position, state, layout) values ($1, $2, 0, $3, $4) on conflict do nothing",
    [rootRun, run, NOTHING, PROJECTION_LAYOUT],
  );
}

export async function writeState(client: PoolClient, { rootRun, run }: RunKey, { position, folds, groups }: SavedState): Promise<void> {
  const text = JSON.stringify({ folds, groups: groups.save() } satisfies StateText);
  const values = [rootRun, run, position, text, PROJECTION_LAYOUT];
  await client.query(
    "update projection_states set position = $3, state = $4, layout = $5, checksum = $6 where root_run_id = $1 and run_id = $2",
    [...values, PROJECTION_STATE.checksum(values)],
  );
}

/** For SQL: the rows of a run, of any table of read models. */
export function ofRun({ rootRun, run }: RunKey): string {
  return `root_run_id = ${sqlInteger(rootRun)} and run_id = ${sqlInteger(run)}`;
}
