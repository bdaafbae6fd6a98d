import { RunProjections } from "@ballast/core/projections";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool, PoolClient } from "pg";
import { inTransaction } from "../database/pool.ts";
import { inTurns, loadSegments, readHead, readEvents, type RunHead } from "../event-store/index.ts";
import { insertFilter, MIN_FILTER_EVENTS, PageFilterBuilder, type RunTexts } from "../history/index.ts";
import { GroupDigests } from "./group-digests.ts";
import { ReadModelDamage } from "./read-group.ts";
import type { RunKey } from "./run-key.ts";
import { insertState, readState, type SavedState, writeState } from "./saved-state.ts";
import { deleteReadModels, writeChanges } from "./write-changes.ts";

/** Events that one step folds, at most, before it writes: some tenths of a second of work, lost if the process dies. */
const STEP_EVENTS = 524_288;

/** Between two looks whether another process is done with its step. */
const BUSY_POLL_MS = 20;

/** How a step ended: another process has the run, or it stands at a position, with or without more to do. */
export type StepResult = { readonly isBusy: true } | { readonly isBusy: false; readonly position: number; readonly hasMore: boolean };

/**
 * Returns when a run's read models are up to its head, in whichever process they were made.
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
 * row of the state is locked meanwhile, so that of two servers one works and the other passes on. What is not as it was written
 * begins anew.
 */
export async function projectStep(pool: Pool, texts: RunTexts, run: number): Promise<StepResult> {
  const head = await readHead(pool, run);
  const known = await texts.first(run, head.textCount);
  const step = { pool, head, known, key: { rootRun: head.rootRun, run } };
  try {
    return await inTransaction(pool, async (client) => await writeStep(client, step));
  } catch (error) {
    if (!(error instanceof ReadModelDamage) && !isUniqueViolation(error)) throw error;
    return await inTransaction(pool, async (client) => await writeStep(client, step, "anew"));
  }
}

/** A damaged row may stand where another belongs. */
function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "23505";
}

type Step = { readonly pool: Pool; readonly head: RunHead; readonly known: readonly string[]; readonly key: RunKey };

async function writeStep(client: PoolClient, { pool, head, known, key }: Step, from?: "anew"): Promise<StepResult> {
  const isLocked = await lockState(client, key);
  if (!isLocked) return { isBusy: true };
  const saved = await savedState(client, key, from);
  const to = Math.min(head.position, saved.position + STEP_EVENTS);
  if (to <= saved.position) return { isBusy: false, position: saved.position, hasMore: false };
  const projections = new RunProjections(saved.folds);
  const ownFrom = (await loadSegments(pool, key.run)).at(-1)?.firstPosition ?? 1;
  for await (const batch of readEvents(pool, key.run, { from: saved.position + 1, to })) {
    // What lies before a fork has the filters of its parent.
    const filter = batch.firstPosition >= ownFrom && batch.length >= MIN_FILTER_EVENTS ? new PageFilterBuilder() : undefined;
    for await (const part of inTurns(batch)) {
      projections.applyBatch(part, (id) => known[id - 1] ?? "");
      filter?.add(part);
    }
    if (filter !== undefined) await insertFilter(client, key, { first: batch.firstPosition, last: batch.lastPosition }, filter);
  }
  await writeChanges(client, key, projections.takeChanges(), saved.groups);
  await writeState(client, key, { position: to, folds: projections.save(), groups: saved.groups });
  return { isBusy: false, position: to, hasMore: to < head.position };
}

async function lockState(client: PoolClient, key: RunKey): Promise<boolean> {
  // Also keeps the run from being deleted before the step is written.
  await client.query("select 1 from runs where id = $1 for key share", [key.run]);
  await insertState(client, key);
  const { rowCount } = await client.query("select 1 from projection_states where root_run_id = $1 and run_id = $2 for update skip locked", [
    key.rootRun,
    key.run,
  ]);
  return rowCount === 1;
}

type Start = { readonly position: number; readonly folds?: SavedState["folds"]; readonly groups: GroupDigests };

/** Where to continue; without a state that this version wrote, at the beginning and without rows. */
async function savedState(client: PoolClient, key: RunKey, from?: "anew"): Promise<Start> {
  const saved = from ?? (await readState(client, key));
  if (typeof saved !== "string") return saved;
  await deleteReadModels(client, key);
  return { position: 0, groups: new GroupDigests() };
}
