import { BallastError } from "@ballast/core/errors";
import type { Pool, PoolClient } from "pg";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "../database/pool.ts";
import { databaseError, isConnectionLoss } from "../database/database-error.ts";
import { queryUncopied } from "../database/query-uncopied.ts";
import { listPlanes, planeOffsets } from "./codec/encode-columns.ts";
import { BASE_NAMES, PLANE_NAMES } from "./commit-columns.ts";
import { COMMIT_HEADER, COMMIT_PLANES, RUN_HEAD } from "./commit-parts.ts";
import type { PreparedCommit } from "./prepared-commit.ts";
import { damagedLog } from "./run-damage.ts";
import { findHead, hasIntactHead, type RunHead } from "./run-head.ts";
import { runNotFound } from "./run-not-found.ts";
import { loadSegments } from "./run-segments.ts";

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
  /** How long to retry when Postgres goes away; 60 s if not given. */
  readonly retryForMs?: number;
};

/** Parameters before those of the commit row. */
const LEADING = 11;
const HEADER = COMMIT_HEADER.names;

/** The parameters of the commit row, by what they are called here. */
const PLACES = new Map(
  [...BASE_NAMES, ...HEADER, COMMIT_HEADER.checksumName, "offsets", "length", "planes"].map((name, index) => [
    name,
    `$${LEADING + index + 1}`,
  ]),
);
/** All planes come as one value, and last: see `queryUncopied`. */
const PLANES = PLANE_NAMES.map(
  (name, index) =>
    `substring(${PLACES.get("planes")}::bytea from (${PLACES.get("offsets")}::int4[])[${index + 1}] + 1 for ${PLACES.get("length")}::int4) as ${name}`,
);
const COLUMNS = [...BASE_NAMES, ...PLANE_NAMES, ...HEADER, COMMIT_HEADER.checksumName];
const VALUES = [
  ...BASE_NAMES.map((name) => `${PLACES.get(name)}::int8`),
  ...PLANES,
  ...HEADER.map((name) => `${PLACES.get(name)}::${COMMIT_HEADER.typeOf(name)}`),
  `${PLACES.get(COMMIT_HEADER.checksumName)}::bytea`,
];

const APPEND = `
with head as (
  update runs set head_position = $7, head_time_ns = $8, head_digest = $9, text_count = $10, head_checksum = $6
  where id = $1 and head_position = $2 and head_digest = $3 and text_count = ${PLACES.get("first_text_id")}::int4 - 1
    and lease_epoch = $4 and lease_owner is not distinct from $5::text
  returning id, head_position
), added as (
  insert into commits (${COLUMNS.join(", ")})
  select ${VALUES.join(", ")}
  from head
  returning 1
)
select (select count(*)::integer from added) as added,
  case when $11::boolean then pg_notify('${HEADS_CHANNEL}', id || ':' || head_position) end
from head`;

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
  const rootRun = (await loadSegments(pool, options.run)).at(-1)!.rootRun;
  const client = await connect(pool);
  let broken: Error | undefined;
  try {
    if (await insert(client, rootRun, options)) return;
  } catch (error) {
    if (isConnectionLoss(error)) broken = error as Error;
    throw databaseError(error);
  } finally {
    client.release(broken);
  }
  const head = await findHead(pool, options.run);
  if (head === undefined) throw runNotFound(options.run);
  if (isOwnHead(head, options.commit)) return;
  throw (await damagedHead(pool, head, options)) ?? refusal(head, options);
}

async function insert(client: PoolClient, rootRun: number, options: AppendOptions): Promise<boolean> {
  const { run, lease, commit, notify } = options;
  const { lastPosition, lastTimeNs, digest } = commit;
  const textCount = commit.firstTextId - 1 + commit.texts.length;
  const values = [
    run,
    commit.firstPosition - 1,
    commit.previousDigest,
    lease.epoch,
    lease.owner,
    RUN_HEAD.checksum([rootRun, run, lastPosition, lastTimeNs, digest, textCount]),
    lastPosition,
    lastTimeNs,
    digest,
    textCount,
    notify ?? true,
    ...commitValues(rootRun, run, commit),
  ];
  const { rowCount } = await queryUncopied(client, { name: "append_commit", text: APPEND, values, last: asBuffer(commit.planes) });
  return rowCount === 1;
}

/** In the order of PLACES, but for the planes. */
function commitValues(rootRun: number, run: number, commit: PreparedCommit): unknown[] {
  const length = commit.lastPosition - commit.firstPosition + 1;
  const header = [
    COMMIT_PLANES.checksum([...commit.bases, ...listPlanes(commit, length)]),
    rootRun,
    run,
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
  ];
  const offsets = planeOffsets(commit.widths, length);
  return [...commit.bases, ...header, COMMIT_HEADER.checksum(header), offsets, length];
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

/** A row that refuses what its last commit would have it take is damaged: `findHead` goes by that commit. */
async function damagedHead(pool: Pool, head: RunHead, { run, lease, commit }: AppendOptions): Promise<Error | undefined> {
  const isExpected = head.position === commit.firstPosition - 1 && head.digest === commit.previousDigest;
  const isHeld = head.leaseEpoch === lease.epoch && head.leaseOwner === lease.owner;
  if (!isExpected || !isHeld || (await hasIntactHead(pool, run))) return undefined;
  return await damagedLog(pool, { run, part: "head", first: head.position, last: head.position, what: "does not match its checksum" });
}

function isOwnHead(head: RunHead, commit: PreparedCommit): boolean {
  return head.position === commit.lastPosition && head.digest === commit.digest;
}

function refusal(head: RunHead, { run, lease, commit }: AppendOptions): BallastError {
  if (head.leaseEpoch !== lease.epoch || head.leaseOwner !== lease.owner) {
    return new BallastError(
      "LEASE_LOST",
      `Run ${run} is leased to ${head.leaseOwner ?? "no executor"} (epoch ${head.leaseEpoch}), not to ${lease.owner ?? "no executor"} ` +
        `(epoch ${lease.epoch}) any more. Stop writing; the other executor continues.`,
    );
  }
  return new BallastError(
    "HEAD_MOVED",
    `Run ${run} ends at position ${head.position} with digest ${head.digest.slice(0, 12)} and ${head.textCount} texts; the commit ` +
      `${commit.firstPosition}-${commit.lastPosition} was prepared for position ${commit.firstPosition - 1} with digest ` +
      `${commit.previousDigest.slice(0, 12)} and ${commit.firstTextId - 1} texts. Read the head again and continue from there.`,
  );
}
