import { checkBatch, type EventBatch } from "@ballast/core/events";
import type { Pool } from "pg";
import { readHead, requirePosition } from "./run-head.ts";
import { cutSegments, loadSegments, OPEN_END, type RunSegment } from "./run-segments.ts";
import { fetchCommits } from "./stored-commit.ts";

/** Commits fetched at once: at most 8 x 65,536 events, some 20 MB decoded. */
const COMMITS_PER_FETCH = 8;
/** The first fetch is small, so that a reader that wants one event is not kept waiting for half a million. */
const FIRST_FETCH = 1;

export type EventRange = {
  /** First position, included; 1 if not given. */
  readonly from?: number;
  /** Last position, included; up to the last commit stored at the time of reading if not given. */
  readonly to?: number;
};

export type EventFilter = EventRange & {
  /** Event codes. */
  readonly types?: readonly number[];
  /** A VM's number; 0 for events of the host. */
  readonly vm?: number;
  /** The most events to give. */
  readonly limit?: number;
};

/** Matching events of one commit: their indexes in the batch, ascending. */
export type EventSelection = { readonly batch: EventBatch; readonly indexes: Uint32Array };

/**
 * The events of a run as contiguous batches, ancestors' included. No connection is held between batches.
 * Reading past the head is no error: it ends with the last stored event.
 */
export async function* readEvents(
  pool: Pool,
  run: number,
  range: EventRange = {},
): AsyncGenerator<EventBatch, void, void> {
  for await (const batch of readMatchingCommits(pool, run, range)) yield batch;
}

/**
 * Like `readEvents`, for those who go by what the events mean.
 * @throws BallastError HISTORY_DAMAGED with run and position, for an event type or a choice that this version does not know.
 */
export async function* readKnownEvents(pool: Pool, run: number, range: EventRange = {}): AsyncGenerator<EventBatch, void, void> {
  for await (const batch of readEvents(pool, run, range)) {
    checkBatch(batch, ` of run ${run} of the log`);
    yield batch;
  }
}

/**
 * The events of a run that match a filter. Commits without such events are not read: each carries its event types and
 * its VMs.
 */
export async function* selectEvents(
  pool: Pool,
  run: number,
  filter: EventFilter,
): AsyncGenerator<EventSelection, void, void> {
  let left = filter.limit ?? Infinity;
  if (left <= 0) return;
  for await (const batch of readMatchingCommits(pool, run, filter)) {
    const indexes = matchingIndexes(batch, filter, left);
    if (indexes.length === 0) continue;
    yield { batch, indexes };
    left -= indexes.length;
    if (left <= 0) return;
  }
}

/**
 * The event at a position, as a batch of one.
 * @throws BallastError POSITION_OUT_OF_RANGE, RUN_NOT_FOUND.
 */
export async function eventAt(pool: Pool, run: number, position: number): Promise<EventBatch> {
  requirePosition(await readHead(pool, run), position, 1);
  for await (const batch of readEvents(pool, run, { from: position, to: position })) return batch;
  throw new Error(`position ${position} of run ${run} is below the head and in no commit`);
}

/** The batches of the commits that have an event of a wanted type and one of the wanted VM, whole, cut to the range. */
export async function* readMatchingCommits(
  pool: Pool,
  run: number,
  filter: EventFilter,
): AsyncGenerator<EventBatch, void, void> {
  const segments = cutSegments(await loadSegments(pool, run), filter.from ?? 1, filter.to ?? OPEN_END);
  let limit = FIRST_FETCH;
  for (const segment of segments) {
    for (let next = segment.firstPosition; next <= segment.lastPosition;) {
      const batches = await fetchCommits(pool, { ...conditionsOf(filter), segment: from(segment, next), limit });
      yield* batches;
      if (batches.length < limit) break;
      next = (batches.at(-1)?.lastPosition ?? next) + 1;
      limit = COMMITS_PER_FETCH;
    }
  }
}

function from(segment: RunSegment, position: number): RunSegment {
  return { ...segment, firstPosition: position };
}

function conditionsOf(filter: EventFilter): { types?: readonly number[]; vms?: readonly number[] } {
  return {
    ...(filter.types === undefined ? {} : { types: filter.types }),
    ...(filter.vm === undefined ? {} : { vms: [filter.vm] }),
  };
}

function matchingIndexes(batch: EventBatch, filter: EventFilter, most: number): Uint32Array {
  const wanted = new Uint8Array(256).fill(filter.types === undefined ? 1 : 0);
  for (const type of filter.types ?? []) wanted[type] = 1;
  const found = new Uint32Array(Math.min(batch.length, most));
  let count = 0;
  for (let i = 0; i < batch.length && count < found.length; i++) {
    if (wanted[batch.types[i]!] === 0) continue;
    if (filter.vm !== undefined && batch.vms[i] !== filter.vm) continue;
    found[count++] = i;
  }
  return found.subarray(0, count);
}
