import { BallastError } from "@ballast/core/errors";
import type { Pool } from "pg";
import { databaseError } from "../database/database-error.ts";

/** The end of what is stored of a run. */
export type RunHead = {
  readonly run: number;
  readonly rootRun: number;
  /** 0 before the first event. */
  readonly position: number;
  readonly timeNs: number;
  readonly digest: string;
  /** Texts of the run so far, those of its ancestors included. */
  readonly textCount: number;
  readonly status: string;
  readonly leaseOwner: string | null;
  readonly leaseEpoch: number;
};

const SELECT_HEAD = `
  select id as run, root_run_id as "rootRun", head_position as position, head_time_ns as "timeNs", head_digest as digest,
    text_count as "textCount", status, lease_owner as "leaseOwner", lease_epoch as "leaseEpoch"
  from runs where id = $1`;

/** @throws BallastError RUN_NOT_FOUND. */
export async function readHead(pool: Pool, run: number): Promise<RunHead> {
  const head = await findHead(pool, run);
  if (head === undefined) throw runNotFound(run);
  return head;
}

export async function findHead(pool: Pool, run: number): Promise<RunHead | undefined> {
  try {
    const { rows } = await pool.query<RunHead>({ name: "read_head", text: SELECT_HEAD, values: [run] });
    return rows[0];
  } catch (error) {
    throw databaseError(error);
  }
}

export function runNotFound(run: number): BallastError {
  return new BallastError(
    "RUN_NOT_FOUND",
    `There is no run ${run}. It may have been deleted; list the runs to see which exist.`,
  );
}

/** @throws BallastError POSITION_OUT_OF_RANGE unless `least` <= position <= head. */
export function requirePosition(head: RunHead, position: number, least: 0 | 1): void {
  if (Number.isSafeInteger(position) && position >= least && position <= head.position) return;
  throw new BallastError(
    "POSITION_OUT_OF_RANGE",
    `Run ${head.run} has no position ${position}: its history goes from ${least} to ${head.position}.`,
  );
}
