import { CATALOGUE, CATALOGUE_VERSION, EventBatch, knownEvents, type KnownEvents, UnknownNumber } from "@ballast/core/events";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Pool } from "pg";
import { readHead, requirePosition } from "./run-head.ts";
import { cutSegments, loadSegments, OPEN_END, type RunSegment } from "./run-segments.ts";
import { commitsOf, headersOf } from "./contiguous-commits.ts";
import { damagedLog } from "./run-damage.ts";
import type { BatchBuffers } from "./batch-buffers.ts";
import type { CommitCache } from "./commit-cache.ts";
import { type CommitHeader, type EventSelector, fetchCommits, type StoredCommit } from "./stored-commit.ts";

/** Matching commits per fetch. The first fetch is small, so that a reader that wants one event is not kept waiting. */
const COMMITS_PER_FETCH = 8;
const FIRST_FETCH = 1;

export type EventRange = {
  /** First position, included; 1 if not given. */
  readonly from?: number;
  /** Last position, included; up to the last commit stored at the time of reading if not given. */
  readonly to?: number;
  /** Where commits are looked for first, and kept. */
  readonly cache?: CommitCache;
  /** Where batches take their memory from; the caller gives each back. */
  readonly buffers?: BatchBuffers;
};

export type EventFilter = EventRange & {
  /** Event codes. */
  readonly types?: readonly number[];
  /** A VM's number; 0 for events of the host. */
  readonly vm?: number;
  /** The most events to give. */
  readonly limit?: number;
  /** Ranges of positions, ascending, in which no event is wanted: commits that lie within one are not read. */
  readonly without?: readonly { readonly first: number; readonly last: number }[];
};

/** Matching events of one commit: their indexes in the batch, ascending. */
export type EventSelection = { readonly batch: KnownEvents; readonly indexes: Uint32Array };

/**
 * The events of a run as contiguous batches, ancestors' included, in the meaning of the present catalogue. No connection is held between
 * batches. Reading past the head is no error: it ends with the last stored event.
 * @throws BallastError HISTORY_DAMAGED with run and position, for a version, an event type or a choice that this version does not know.
 */
export async function* readEvents(pool: Pool, run: number, range: EventRange = {}): AsyncGenerator<KnownEvents, void, void> {
  yield* readMatchingCommits(pool, run, range);
}

/** Like `readEvents`, as they were recorded: for digests and for those that go by times alone. */
export async function* readRecordedEvents(pool: Pool, run: number, range: EventRange = {}): AsyncGenerator<EventBatch, void, void> {
  for await (const { batch } of recordedCommits(pool, run, range)) yield batch;
}

/**
 * The events of a run that match a filter. Commits without such events are not read: each carries its event types and
 * its VMs.
 */
export async function* selectEvents(pool: Pool, run: number, filter: EventFilter): AsyncGenerator<EventSelection, void, void> {
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
 * The events of a range that a selector finds, commit by commit, without texts and positions: the others are hardly decoded.
 * @throws BallastError HISTORY_DAMAGED as `readEvents` does, but for choices of events that are not wanted.
 */
export async function* readSelected(
  pool: Pool,
  run: number,
  range: EventRange,
  selector: EventSelector,
): AsyncGenerator<KnownEvents, void, void> {
  for (const segment of cutSegments(await loadSegments(pool, run), range.from ?? 1, range.to ?? OPEN_END)) {
    for await (const commit of wholeCommits(pool, run, segment, range.cache)) {
      await nextTurn();
      yield decodeFew(commit, segment, selector, range.buffers) ?? (await decodeAll(pool, run, commit, segment, selector));
    }
  }
}

const KNOWN_TYPES: ReadonlySet<number> = new Set(CATALOGUE.map(({ code }) => code));

/** Undefined where the whole commit has to be looked at: it is of another version, or something about it is wrong. */
function decodeFew(commit: StoredCommit, segment: RunSegment, selector: EventSelector, buffers?: BatchBuffers): KnownEvents | undefined {
  if (segment.catalogueVersion !== CATALOGUE_VERSION || !commit.types.every((type) => KNOWN_TYPES.has(type))) return undefined;
  const found = commit.decodeSelected({ first: segment.firstPosition, last: segment.lastPosition }, selector, buffers);
  try {
    return found && knownEvents(found);
  } catch (error) {
    if (error instanceof UnknownNumber) return undefined;
    throw error;
  }
}

async function decodeAll(
  pool: Pool,
  run: number,
  commit: StoredCommit,
  segment: RunSegment,
  { select }: EventSelector,
): Promise<KnownEvents> {
  const all = understood(run, cutToSegment(await decode(pool, run, commit, segment.lastPosition), segment), segment);
  const found = new EventBatch(all.firstPosition, 0);
  for (const i of select(all, 0, all.length)) {
    found.append(
      all.types[i]!,
      all.timesNs[i]!,
      all.vms[i]!,
      all.processes[i]!,
      all.a[i]!,
      all.b[i]!,
      all.c[i]!,
      all.d[i]!,
      all.decisions[i],
    );
  }
  return knownEvents(found);
}

/**
 * The event at a position, as a batch of one.
 * @throws BallastError POSITION_OUT_OF_RANGE, RUN_NOT_FOUND.
 */
export async function eventAt(pool: Pool, run: number, position: number): Promise<KnownEvents> {
  requirePosition(await readHead(pool, run), position, 1);
  for await (const batch of readEvents(pool, run, { from: position, to: position })) return batch;
  throw new Error(`position ${position} of run ${run} was in no commit, though none is missing`);
}

/**
 * The commit that holds a position, whole but for what a fork has not taken of it; undefined: the run is not that far.
 * @throws BallastError RUN_NOT_FOUND; HISTORY_DAMAGED if it is missing or not what was written.
 */
export async function commitAt(pool: Pool, run: number, position: number): Promise<KnownEvents | undefined> {
  const segments = await loadSegments(pool, run);
  const segment = segments.find(({ firstPosition, lastPosition }) => firstPosition <= position && position <= lastPosition);
  if (segment === undefined) return undefined;
  for await (const commit of commitsOf(pool, run, { ...segment, firstPosition: position })) {
    return understood(run, cutToSegment(await decode(pool, run, commit, segment.lastPosition), segment), segment);
  }
  return undefined;
}

/**
 * The batches of the commits that have an event of a wanted type and one of the wanted VM, whole, cut to the range.
 * @throws BallastError HISTORY_DAMAGED where a commit is missing, or its header or events are not what was written.
 */
export async function* readMatchingCommits(pool: Pool, run: number, filter: EventFilter): AsyncGenerator<KnownEvents, void, void> {
  for await (const { batch, segment } of recordedCommits(pool, run, filter)) yield understood(run, batch, segment);
}

type RecordedCommit = { readonly batch: EventBatch; readonly segment: RunSegment };

async function* recordedCommits(pool: Pool, run: number, filter: EventFilter): AsyncGenerator<RecordedCommit, void, void> {
  const segments = cutSegments(await loadSegments(pool, run), filter.from ?? 1, filter.to ?? OPEN_END);
  const isWhole = filter.types === undefined && filter.vm === undefined;
  for (const segment of segments) {
    const commits = isWhole ? wholeCommits(pool, run, segment, filter.cache) : matchingCommits(pool, run, segment, filter);
    for await (const commit of commits) {
      // Decoding one, and what is done with it, takes some milliseconds: other work of the thread comes in between.
      await nextTurn();
      yield { batch: cutToSegment(await decode(pool, run, commit, segment.lastPosition, filter.buffers), segment), segment };
    }
  }
}

async function* wholeCommits(pool: Pool, run: number, segment: RunSegment, cache?: CommitCache): AsyncGenerator<StoredCommit, void, void> {
  let next = segment.firstPosition;
  for (let kept = cache?.at(segment, next); kept !== undefined; kept = cache?.at(segment, next)) {
    yield kept;
    next = kept.lastPosition + 1;
    if (next > segment.lastPosition) return;
  }
  for await (const commit of commitsOf(pool, run, { ...segment, firstPosition: next })) {
    cache?.add(segment, commit);
    yield commit;
  }
}

function understood(run: number, batch: EventBatch, { catalogueVersion }: RunSegment): KnownEvents {
  return knownEvents(batch, { catalogueVersion, of: ` of run ${run} of the log` });
}

/** Headers say which commits have such events: only those are fetched whole. */
async function* matchingCommits(
  pool: Pool,
  run: number,
  segment: RunSegment,
  filter: EventFilter,
): AsyncGenerator<StoredCommit, void, void> {
  let wanted: CommitHeader[] = [];
  let limit = FIRST_FETCH;
  for await (const header of headersOf(pool, run, segment)) {
    if (!mayMatch(header, filter) || isWithin(header, segment, filter)) continue;
    wanted.push(header);
    if (wanted.length < limit) continue;
    yield* await fetchWanted(pool, run, segment, wanted);
    wanted = [];
    limit = COMMITS_PER_FETCH;
  }
  if (wanted.length > 0) yield* await fetchWanted(pool, run, segment, wanted);
}

/** Whether a commit can have such events, as its header says. */
export function mayMatch({ types, vms }: CommitHeader, filter: EventFilter): boolean {
  return (filter.types?.some((type) => types.includes(type)) ?? true) && (filter.vm === undefined || vms.includes(filter.vm));
}

/** Whether none of a commit's events is wanted, by the ranges in which none is. */
export function isWithin({ firstPosition, lastPosition }: CommitHeader, segment: RunSegment, { without = [] }: EventFilter): boolean {
  const first = Math.max(firstPosition, segment.firstPosition);
  const last = Math.min(lastPosition, segment.lastPosition);
  return without.some((range) => range.first <= first && last <= range.last);
}

async function fetchWanted(
  pool: Pool,
  run: number,
  segment: RunSegment,
  wanted: readonly CommitHeader[],
): Promise<readonly StoredCommit[]> {
  const lastPositions = wanted.map(({ lastPosition }) => lastPosition);
  const { rows } = await fetchCommits(pool, { segment, limit: wanted.length, lastPositions });
  const lost = wanted.find(({ lastPosition }) => !rows.some((row) => row.lastPosition === lastPosition));
  if (lost === undefined) return rows;
  // Deleted since its header was read, with its run or without.
  await readHead(pool, run);
  throw await damagedLog(pool, { run, part: "commit", first: lost.firstPosition, last: lost.lastPosition, what: "is missing" });
}

async function decode(pool: Pool, run: number, commit: StoredCommit, upTo: number, buffers?: BatchBuffers): Promise<EventBatch> {
  const batch = commit.decode(upTo, buffers);
  if (batch !== undefined) return batch;
  const { firstPosition: first, lastPosition: last } = commit;
  throw await damagedLog(pool, { run, part: "commit", first, last, what: "does not match its checksum" });
}

/** A batch that begins within a commit keeps the commit's texts: its events may mention them. */
function cutToSegment(batch: EventBatch, segment: RunSegment): EventBatch {
  const from = Math.max(segment.firstPosition - batch.firstPosition, 0);
  const end = Math.min(segment.lastPosition, batch.lastPosition) - batch.firstPosition + 1;
  const texts = batch.texts.slice(0, Math.max(segment.lastTextId - batch.firstTextId + 1, 0));
  const cut = from === 0 && end === batch.length ? batch : batch.slice(from, end);
  cut.firstTextId = batch.firstTextId;
  cut.texts = texts;
  return cut;
}

function matchingIndexes(batch: EventBatch, filter: EventFilter, max: number): Uint32Array {
  const wanted = new Uint8Array(256).fill(filter.types === undefined ? 1 : 0);
  for (const type of filter.types ?? []) wanted[type] = 1;
  const found = new Uint32Array(Math.min(batch.length, max));
  let count = 0;
  for (let i = 0; i < batch.length && count < found.length; i++) {
    if (wanted[batch.types[i]!] === 0) continue;
    if (filter.vm !== undefined && batch.vms[i] !== filter.vm) continue;
    found[count++] = i;
  }
  return found.subarray(0, count);
}
