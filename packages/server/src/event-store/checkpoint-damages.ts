import type { Pool } from "pg";
import type { VerifiablePart } from "../database/checksums/index.ts";
import { type BinaryRow, copyRows, sqlInteger } from "../database/copy-binary.ts";
import { CHECKPOINT_PART } from "./checkpoint-part.ts";
import { countDamage, partDamage } from "./checkpoints.ts";
import { readHead } from "./run-head.ts";

const REMEDY = "Nothing is lost: a run that is continued begins at an older checkpoint, or at its start.";

/** The checkpoints of a run, one row at a time. */
export const CHECKPOINTS: VerifiablePart = {
  part: "checkpoint",
  async *damages(pool, run, signal) {
    const { rootRun } = await readHead(pool, run);
    const own = `root_run_id = ${sqlInteger(rootRun)} and run_id = ${sqlInteger(run)}`;
    for (const position of await positionsOf(pool, rootRun, run)) {
      signal?.throwIfAborted();
      const what = await damageAt(pool, `${own} and position = ${sqlInteger(position)}`);
      if (what !== undefined)
        yield { owner: { run }, part: "checkpoint", positions: { first: position, last: position }, what, remedy: REMEDY };
    }
  },
};

async function positionsOf(pool: Pool, rootRun: number, run: number): Promise<number[]> {
  const { rows } = await pool.query<{ position: number }>(
    "select distinct position from checkpoints where root_run_id = $1 and run_id = $2 order by position",
    [rootRun, run],
  );
  return rows.map(({ position }) => position);
}

async function damageAt(pool: Pool, condition: string): Promise<string | undefined> {
  let last: BinaryRow | undefined;
  for (let index = 0; ; index++) {
    const query = `select ${CHECKPOINT_PART.selection} from checkpoints where ${condition} order by part offset ${sqlInteger(index)} limit 1`;
    const [row] = await copyRows(pool, query);
    if (row === undefined) return countDamage(last, index);
    const damage = partDamage(row, index);
    if (damage !== undefined) return damage;
    last = row;
  }
}
