import type { Pool } from "pg";
import type { Damage, VerifiablePart } from "../database/checksums/index.ts";
import { TABLE_LAYOUT } from "../database/layouts.ts";
import { loadSegments, type RunSegment } from "../event-store/index.ts";
import { FACTS_ALONE, KeyframeDamaged } from "./keyframe-checks.ts";
import { fetchBase, fetchParts, keyframeAt } from "./keyframe-store.ts";

const REMEDY =
  "Moments are answered from an older one. `ballast serve` rebuilds it by itself when it is first needed, `ballast rebuild` immediately.";

/** Keyframes of a run and of those that it was forked from: their rows, their parts, and what they rest on. */
export const keyframeParts: VerifiablePart = {
  part: "keyframe",
  async *damages(pool, run, signal) {
    for (const segment of await loadSegments(pool, run)) {
      for (const position of await keyframePositions(pool, segment)) {
        signal?.throwIfAborted();
        const found = await damageAt(pool, run, segment, position);
        if (found !== undefined) yield found;
      }
    }
  },
};

async function keyframePositions(pool: Pool, { rootRun, sourceRun, firstPosition, lastPosition }: RunSegment): Promise<number[]> {
  const { rows } = await pool.query<{ position: number }>(
    "select position from keyframes where root_run_id = $1 and run_id = $2 and position between $3 and $4 and layout = $5 order by position",
    [rootRun, sourceRun, firstPosition, lastPosition, TABLE_LAYOUT],
  );
  return rows.map(({ position }) => position);
}

async function damageAt(pool: Pool, run: number, segment: RunSegment, position: number): Promise<Damage | undefined> {
  try {
    const row = await keyframeAt(pool, segment, position);
    if (row === undefined) return undefined;
    await fetchParts(pool, [row]);
    if (row.fullPosition !== FACTS_ALONE) await fetchBase(pool, row, row.basePosition ?? row.fullPosition);
    return undefined;
  } catch (error) {
    if (!(error instanceof KeyframeDamaged)) throw error;
    const positions = { first: error.position, last: error.position };
    return { owner: { run }, part: "keyframe", positions, what: error.what, remedy: REMEDY };
  }
}
