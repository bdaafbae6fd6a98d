import { applyBatch, Machine } from "@ballast/core/memory";
import type { Pool } from "pg";
import { TABLE_LAYOUT } from "../database/layouts.ts";
import { loadSegments, readKnownEvents, readHead } from "../event-store/index.ts";
import { History } from "./history.ts";
import { KeyframeEncoder } from "./keyframe-encoder.ts";
import { saveKeyframe } from "./keyframe-store.ts";

/**
 * Drops a run's keyframes and makes them again from its events: the same ones that its execution made, unless that was
 * interrupted. A fork's are made from its fork on; what lies before belongs to its ancestors.
 * @throws BallastError RUN_NOT_FOUND.
 */
export async function rebuildKeyframes(pool: Pool, run: number): Promise<void> {
  const head = await readHead(pool, run);
  await pool.query("delete from keyframes where root_run_id = $1 and run_id = $2", [head.rootRun, run]);
  const firstPosition = (await loadSegments(pool, run)).at(-1)?.firstPosition ?? 1;
  const start = firstPosition - 1;
  const machine = start === 0 ? new Machine() : await new History(pool).ownStateAt(run, { position: start });
  const encoder = new KeyframeEncoder(start);
  for await (const batch of readKnownEvents(pool, run, { from: firstPosition, to: head.position })) {
    applyBatch(machine, batch);
    const keyframe = encoder.offer(machine);
    if (keyframe !== undefined) await saveKeyframe(pool, run, keyframe);
  }
}

/** Whether a run has keyframes of another layout: its moments are replayed from its start until they are made anew. */
export async function hasStaleKeyframes(pool: Pool, run: number): Promise<boolean> {
  const { rowCount } = await pool.query("select 1 from keyframes where run_id = $1 and layout is distinct from $2 limit 1", [
    run,
    TABLE_LAYOUT,
  ]);
  return rowCount === 1;
}

/**
 * Makes the keyframes of one final run anew that another version stored under another layout, which nobody reads; drops
 * those of a run that is still to be continued. False if there are none.
 */
export async function rebuildStaleKeyframes(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ run: number; isFinal: boolean }>(
    `select k.run_id as run, bool_or(r.status in ('completed', 'stopped', 'failed')) as "isFinal"
     from keyframes k join runs r on r.id = k.run_id where k.layout is distinct from $1 group by k.run_id limit 1`,
    [TABLE_LAYOUT],
  );
  const stale = rows[0];
  if (stale === undefined) return false;
  if (stale.isFinal) await rebuildKeyframes(pool, stale.run);
  else await pool.query("delete from keyframes where run_id = $1 and layout is distinct from $2", [stale.run, TABLE_LAYOUT]);
  return true;
}
