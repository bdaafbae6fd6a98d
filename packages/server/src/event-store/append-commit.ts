import { BallastError } from "@ballast/core/errors";
import type { Pool, PoolClient } from "pg";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "../database/pool.ts";
import { databaseError, isConnectionLoss } from "../database/database-error.ts";
import { BASE_NAMES, PLANE_NAMES } from "./commit-columns.ts";
import type { PreparedCommit } from "./prepared-commit.ts";
import { findHead, runNotFound, type RunHead } from "./run-head.ts";

/** Who may write to a run: a claim raises the epoch, so that a writer that lost its lease is refused whatever it believes. */
export type Lease = { readonly owner: string | null; readonly epoch: number };

/** Every append of the database is announced here, with `run:position` as payload. A hint: poll the head as well. */
export const HEADS_CHANNEL = "ballast_heads";

export type AppendOptions = {
  readonly run: number;
  readonly lease: Lease;
  readonly commit: PreparedCommit;
  /** Whether to wake listeners; see HeadNotifier. */
  readonly notify?: boolean;
  /** How long to go on trying when Postgres goes away; 60 s if not given. */
  readonly retryForMs?: number;
};

const COMMIT_NAMES = [
  "first_position",
  "last_position",
  "first_time_ns",
  "last_time_ns",
  "types",
  "type_counts",
  "vms",
  "first_text_id",
  "texts",
  "digest",
  "block_digests",
  ...BASE_NAMES,
  ...PLANE_NAMES,
];
const CASTS: Readonly<Record<string, string>> = {
  types: "::smallint[]",
  type_counts: "::integer[]",
  vms: "::integer[]",
  texts: "::text[]",
};
/** Parameters before those of the commit row. */
const LEADING = 8;

const APPEND = `
with head as (
  update runs set head_position = $10, head_time_ns = $12, head_digest = $18, text_count = $7
  where id = $1 and head_position = $2 and head_digest = $3 and text_count = $8
    and lease_epoch = $4 and lease_owner is not distinct from $5::text
  returning id, root_run_id, head_position
), added as (
  insert into commits (root_run_id, run_id, ${COMMIT_NAMES.join(", ")})
  select root_run_id, id, ${COMMIT_NAMES.map((name, index) => `$${index + LEADING + 1}${CASTS[name] ?? typeOf(name)}`).join(", ")}
  from head
  returning 1
)
select (select count(*)::integer from added) as added,
  case when $6::boolean then pg_notify('${HEADS_CHANNEL}', id || ':' || head_position) end
from head`;

function typeOf(name: string): string {
  if (name === "block_digests" || PLANE_NAMES.includes(name)) return "::bytea";
  if (name === "digest") return "::text";
  return name === "first_text_id" ? "::integer" : "::bigint";
}

/**
 * Appends a commit and moves the run's head in one round trip and one transaction, only if the head is exactly the one
 * that the commit was prepared for and the lease is still held. If Postgres goes away, an append without an answer may be
 * durable: the head is asked before anything is sent again, so that a commit is never stored twice.
 * @throws BallastError HEAD_MOVED, LEASE_LOST, RUN_NOT_FOUND, DATABASE_UNREACHABLE, DATABASE_FULL.
 */
export async function appendCommit(pool: Pool, options: AppendOptions): Promise<void> {
  const giveUpAt = performance.now() + (options.retryForMs ?? 60_000);
  for (let waitMs = 10; ; waitMs = Math.min(waitMs * 2, 1_000)) {
    try {
      return await appendOnce(pool, options);
    } catch (error) {
      if (!isConnectionLoss(error) || performance.now() + waitMs > giveUpAt) throw error;
    }
    await sleep(waitMs);
    if (await isStored(pool, options)) return;
  }
}

async function appendOnce(pool: Pool, options: AppendOptions): Promise<void> {
  const client = await connect(pool);
  let broken: Error | undefined;
  try {
    if (await insert(client, options)) return;
  } catch (error) {
    if (isConnectionLoss(error)) broken = error as Error;
    throw databaseError(error);
  } finally {
    client.release(broken);
  }
  const head = await findHead(pool, options.run);
  if (head === undefined) throw runNotFound(options.run);
  if (!isOwnHead(head, options.commit)) throw refusal(head, options);
}

async function insert(client: PoolClient, { run, lease, commit, notify }: AppendOptions): Promise<boolean> {
  const textCount = commit.firstTextId - 1 + commit.texts.length;
  const values = [
    run,
    commit.firstPosition - 1,
    commit.previousDigest,
    lease.epoch,
    lease.owner,
    notify ?? true,
    textCount,
    commit.firstTextId - 1,
    commit.firstPosition,
    commit.lastPosition,
    commit.firstTimeNs,
    commit.lastTimeNs,
    commit.types,
    commit.typeCounts,
    commit.vms,
    commit.firstTextId,
    commit.texts,
    commit.digest,
    asBuffer(commit.blockDigests),
    ...commit.bases,
    ...commit.planes.map((plane) => (plane === null ? null : asBuffer(plane))),
  ];
  const { rowCount } = await client.query({ name: "append_commit", text: APPEND, values });
  return rowCount === 1;
}

function asBuffer(bytes: Uint8Array<ArrayBuffer>): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Whether the head shows that an earlier try of this very append was carried out. */
async function isStored(pool: Pool, { run, commit }: AppendOptions): Promise<boolean> {
  try {
    const head = await findHead(pool, run);
    return head !== undefined && isOwnHead(head, commit);
  } catch (error) {
    if (isConnectionLoss(error)) return false;
    throw error;
  }
}

function isOwnHead(head: RunHead, commit: PreparedCommit): boolean {
  return head.position === commit.lastPosition && head.digest === commit.digest;
}

function refusal(head: RunHead, { run, lease, commit }: AppendOptions): BallastError {
  if (head.leaseEpoch !== lease.epoch || head.leaseOwner !== lease.owner) {
    return new BallastError(
      "LEASE_LOST",
      `Run ${run} is leased to ${head.leaseOwner ?? "nobody"} (epoch ${head.leaseEpoch}), not to ${lease.owner ?? "nobody"} ` +
        `(epoch ${lease.epoch}) any more. Stop writing; the other executor goes on.`,
    );
  }
  return new BallastError(
    "HEAD_MOVED",
    `Run ${run} ends at position ${head.position} with digest ${head.digest.slice(0, 12)} and ${head.textCount} texts; the commit ` +
      `${commit.firstPosition}-${commit.lastPosition} was prepared for position ${commit.firstPosition - 1} with digest ` +
      `${commit.previousDigest.slice(0, 12)} and ${commit.firstTextId - 1} texts. Read the head again and go on from there.`,
  );
}
