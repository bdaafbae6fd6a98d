import type { Pool } from "pg";
import type { StoredPart } from "../database/checksums/index.ts";
import { copyRows, sqlInteger } from "../database/copy-binary.ts";
import { EXPERIMENT, RUN_INPUT, RUN_RESULT } from "./run-job-parts.ts";

/** Gives the row that says what a run is made of, and its comparison, the checksums that an earlier version did not store. */
export async function fillJobChecksums(pool: Pool, run: number): Promise<void> {
  const ofRun = `run_id = ${sqlInteger(run)}`;
  await fill(pool, RUN_INPUT, ofRun);
  await fill(pool, RUN_RESULT, `${ofRun} and (figures is not null or error_code is not null)`);
  await fill(pool, EXPERIMENT, `id in (select comparison_id from run_jobs where ${ofRun})`);
}

async function fill(pool: Pool, part: StoredPart, condition: string): Promise<void> {
  const missing = `${condition} and ${part.checksumName} is null`;
  const [row] = await copyRows(pool, `select ${part.selection} from ${part.table} where ${missing}`);
  if (row === undefined) return;
  await pool.query(`update ${part.table} set ${part.checksumName} = $1 where ${missing}`, [part.checksum(row.slice(0, -1))]);
}
