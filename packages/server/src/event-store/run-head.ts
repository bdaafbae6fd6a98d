import { BallastError } from "@ballast/core/errors";
import type { Pool } from "pg";
import { mayLackChecksum } from "../database/checksums/index.ts";
import { databaseError } from "../database/database-error.ts";
import { RUN_HEAD } from "./commit-parts.ts";
import { requireEvents } from "./events-not-kept.ts";
import { FIGURES_ONLY } from "./figures-only.ts";
import { headFromCommits } from "./head-from-commits.ts";
import { runNotFound } from "./run-not-found.ts";

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
  /** Id of a run that keeps only its figures; null of one that has a history. */
  readonly figuresOnly: string | null;
};

/** An int8 beyond 53 bits, which only damage can make, is no float8 that passes the checksum. */
const SELECT_HEAD = `
  select id as run, root_run_id::float8 as "rootRun", head_position::float8 as position, head_time_ns::float8 as "timeNs", head_digest as digest,
    text_count as "textCount", status, lease_owner as "leaseOwner", lease_epoch as "leaseEpoch", head_checksum as checksum,
    ${FIGURES_ONLY} as "figuresOnly"
  from runs where id = $1`;

/** @throws BallastError RUN_NOT_FOUND; HISTORY_DAMAGED if neither the run's row nor its last commit says where it ends. */
export async function readHead(pool: Pool, run: number): Promise<RunHead> {
  const head = await findHead(pool, run);
  if (head === undefined) throw runNotFound(run);
  return head;
}

/** Like `readHead`; undefined for a run that does not exist. A damaged row is replaced by what the last commit says. */
export async function findHead(pool: Pool, run: number): Promise<RunHead | undefined> {
  const row = await fetchHead(pool, run);
  if (row === undefined) return undefined;
  const { checksum, ...head } = row;
  if (await isIntactHead(pool, head, checksum)) return head;
  return { ...head, ...(await headFromCommits(pool, run)) };
}

type HeadRow = RunHead & { readonly checksum: Buffer | null };

async function fetchHead(pool: Pool, run: number): Promise<HeadRow | undefined> {
  try {
    const { rows } = await pool.query<HeadRow>({ name: "read_head", text: SELECT_HEAD, values: [run] });
    return rows[0];
  } catch (error) {
    throw databaseError(error);
  }
}

async function isIntactHead(pool: Pool, head: RunHead, checksum: Buffer | null): Promise<boolean> {
  const { rootRun, run, position, timeNs, digest, textCount } = head;
  const comparison = RUN_HEAD.compare([rootRun, run, position, timeNs, digest, textCount], checksum);
  if (comparison !== "missing") return comparison === "equal";
  return await mayLackChecksum(pool, { kind: "run", id: run }, position);
}

/** Whether the row of a run says what was written of its head. */
export async function hasIntactHead(pool: Pool, run: number): Promise<boolean> {
  const row = await fetchHead(pool, run);
  return row === undefined || (await isIntactHead(pool, row, row.checksum));
}

/** @throws BallastError EVENTS_NOT_KEPT; POSITION_OUT_OF_RANGE unless `least` <= position <= head. */
export function requirePosition(head: RunHead, position: number, min: 0 | 1): void {
  requireEvents(head);
  if (Number.isSafeInteger(position) && position >= min && position <= head.position) return;
  throw new BallastError(
    "POSITION_OUT_OF_RANGE",
    `Run ${head.run} has no position ${position}: its history goes from ${min} to ${head.position}.`,
  );
}
