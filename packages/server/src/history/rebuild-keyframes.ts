import { applyBatch, MachineTables } from "@ballast/core/memory";
import type { Pool } from "pg";
import { TABLE_LAYOUT } from "../database/layouts.ts";
import { loadSegments, readEvents, readHead } from "../event-store/index.ts";
import { History } from "./history.ts";
import { KeyframeEncoder } from "./keyframe-encoder.ts";
import { saveKeyframe, TO_BE_MADE_AGAIN } from "./keyframe-store.ts";

/**
 * Makes a run's keyframes again from its events: the same ones that its execution made, unless that was interrupted. Those
 * that are there are read no more, but stay until all are made, so that an interruption is made up for. A fork's are made from its fork on; what lies before belongs to its ancestors.
 * @throws BallastError RUN_NOT_FOUND.
 */
export async function rebuildKeyframes(pool: Pool, run: number): Promise<void> {
  const head = await readHead(pool, run);
  await pool.query("update keyframes set layout = $3 where root_run_id = $1 and run_id = $2", [head.rootRun, run, TO_BE_MADE_AGAIN]);
  const firstPosition = (await loadSegments(pool, run)).at(-1)?.firstPosition ?? 1;
  const start = firstPosition - 1;
  const machine = start === 0 ? new MachineTables() : await new History(pool).ownStateAt(run, { position: start });
  const encoder = new KeyframeEncoder(start);
  for await (const batch of readEvents(pool, run, { from: firstPosition, to: head.position })) {
    applyBatch(machine, batch);
    const keyframe = encoder.offer(machine);
    if (keyframe !== undefined) await saveKeyframe(pool, run, keyframe);
  }
  await pool.query("delete from keyframes where root_run_id = $1 and run_id = $2 and layout is distinct from $3", [
    head.rootRun,
    run,
    TABLE_LAYOUT,
  ]);
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
 * Makes the keyframes of one final run anew that are damaged, or that another version stored under another layout, which are
 * not read. Of a run that is still to be continued, those of another version are dropped, and damaged ones wait. False if
 * there are none.
 */
export async function rebuildStaleKeyframes(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ run: number; isFinal: boolean }>(
    `select k.run_id as run, bool_or(r.status in ('completed', 'stopped', 'failed')) as "isFinal"
     from keyframes k join runs r on r.id = k.run_id
     where k.layout is distinct from $1 and (k.layout is distinct from $2 or r.status in ('completed', 'stopped', 'failed'))
     group by k.run_id limit 1`,
    [TABLE_LAYOUT, TO_BE_MADE_AGAIN],
  );
  const stale = rows[0];
  if (stale === undefined) return false;
  if (stale.isFinal) await rebuildKeyframes(pool, stale.run);
  else {
    const others = "delete from keyframes where run_id = $1 and layout is distinct from $2 and layout is distinct from $3";
    await pool.query(others, [stale.run, TABLE_LAYOUT, TO_BE_MADE_AGAIN]);
  }
  return true;
}
