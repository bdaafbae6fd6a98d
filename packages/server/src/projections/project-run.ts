import { type ProjectionState, RunProjections } from "@ballast/core/projections";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool, PoolClient } from "pg";
import { PROJECTION_LAYOUT } from "../database/layouts.ts";
import { inTransaction } from "../database/pool.ts";
import { inTurns, readKnownEvents, readHead } from "../event-store/index.ts";
import type { RunTexts } from "../history/index.ts";
import { deleteReadModels, type RunKey, writeChanges } from "./write-changes.ts";

/** Events that one step folds, at most, before it writes: some tenths of a second of work, lost if the process dies. */
const STEP_EVENTS = 524_288;

/** Between two looks whether another process is done with its step. */
const BUSY_POLL_MS = 20;

/** How a step ended: another process has the run, or it stands at a position, with or without more to do. */
export type StepResult =
  { readonly isBusy: true } | { readonly isBusy: false; readonly position: number; readonly hasMore: boolean };

/**
 * Comes back when a run's read models are up to its head, whoever brought them there.
 * @throws BallastError RUN_NOT_FOUND and what the database may say; the signal's reason when it aborts.
 */
export async function projectRun(pool: Pool, texts: RunTexts, run: number, signal?: AbortSignal): Promise<void> {
  for (;;) {
    signal?.throwIfAborted();
    const result = await projectStep(pool, texts, run);
    if (result.isBusy) await sleep(BUSY_POLL_MS);
    else if (!result.hasMore) return;
  }
}

/**
 * Folds the next events of a run and writes what they change, together with the position reached: all or nothing. The
 * row of the state is locked meanwhile, so that of two servers one works and the other passes on.
 */
export async function projectStep(pool: Pool, texts: RunTexts, run: number): Promise<StepResult> {
  const head = await readHead(pool, run);
  const key: RunKey = { rootRun: head.rootRun, run };
  const known = await texts.first(run, head.textCount);
  return inTransaction(pool, async (client) => {
    const saved = await lockState(client, key);
    if (saved === undefined) return { isBusy: true };
    const to = Math.min(head.position, saved.position + STEP_EVENTS);
    if (to <= saved.position) return { isBusy: false, position: saved.position, hasMore: false };
    const projections = new RunProjections(saved.state ?? undefined);
    for await (const batch of readKnownEvents(pool, run, { from: saved.position + 1, to })) {
      for await (const part of inTurns(batch)) projections.applyBatch(part, (id) => known[id - 1] ?? "");
    }
    await writeChanges(client, key, projections.takeChanges(), projections.save());
    return { isBusy: false, position: to, hasMore: to < head.position };
  });
}

type SavedState = { position: number; state: ProjectionState | null; layout: string | null };

async function lockState(client: PoolClient, { rootRun, run }: RunKey): Promise<SavedState | undefined> {
  // Also keeps the run from being deleted before the step is written.
  await client.query("select 1 from runs where id = $1 for key share", [run]);
  await client.query(
    "insert into projection_states (root_run_id, run_id, position, state, layout) values ($1, $2, 0, 'null', $3) on conflict do nothing",
    [rootRun, run, PROJECTION_LAYOUT],
  );
  const { rows } = await client.query<SavedState>(
    "select position, state, layout from projection_states where root_run_id = $1 and run_id = $2 for update skip locked",
    [rootRun, run],
  );
  const saved = rows[0];
  if (saved === undefined || saved.layout === PROJECTION_LAYOUT) return saved;
  // Another version kept other figures, or had them in another order.
  await deleteReadModels(client, { rootRun, run });
  return { position: 0, state: null, layout: PROJECTION_LAYOUT };
}
