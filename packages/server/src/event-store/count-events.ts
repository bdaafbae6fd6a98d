import type { EventBatch } from "@ballast/core/events";
import type { Pool } from "pg";
import { BatchBuffers } from "./batch-buffers.ts";
import { headersOf } from "./contiguous-commits.ts";
import { type EventFilter, isWithin, mayMatch, readSelected } from "./read-events.ts";
import { cutSegments, loadSegments, OPEN_END, type RunSegment } from "./run-segments.ts";
import type { CommitHeader, EventSelector } from "./stored-commit.ts";

/** How many wanted events there are between two positions, both included: those of a commit, as far as the range has them. */
export type CommitCount = {
  readonly first: number;
  readonly last: number;
  readonly count: number;
  /** Whether events had to be looked at; the header of a commit gives by itself how many it has of a type. */
  readonly isDecoded: boolean;
};

/** What else is asked of an event besides its type and its VM, and the columns that this needs. */
export type FurtherTest = {
  readonly fields: EventSelector["fields"];
  readonly keep: (batch: EventBatch, index: number) => boolean;
};

type Wanted = EventFilter & { readonly test?: FurtherTest | undefined; readonly signal?: AbortSignal | undefined };

/** Headers that are looked at before those of their commits are read that need it. */
const HEADERS_PER_STEP = 32;

/**
 * Counts the events of a run that match a filter, commit by commit, ascending. Commits are read only where their headers do not tell.
 * @throws BallastError HISTORY_DAMAGED as `readSelected` does.
 */
export async function* countByCommit(pool: Pool, run: number, wanted: Wanted): AsyncGenerator<CommitCount, void, void> {
  for (const segment of cutSegments(await loadSegments(pool, run), wanted.from ?? 1, wanted.to ?? OPEN_END)) {
    let waiting: Place[] = [];
    for await (const header of headersOf(pool, run, segment, wanted.signal)) {
      waiting.push(placeOf(header, segment, wanted));
      if (waiting.length < HEADERS_PER_STEP) continue;
      yield* withCounts(pool, run, waiting, wanted);
      waiting = [];
    }
    yield* withCounts(pool, run, waiting, wanted);
  }
}

/** Undefined: the header does not say how many. */
type Place = { readonly first: number; readonly last: number; readonly count: number | undefined };

function placeOf(header: CommitHeader, segment: RunSegment, wanted: Wanted): Place {
  const first = Math.max(header.firstPosition, segment.firstPosition);
  const last = Math.min(header.lastPosition, segment.lastPosition);
  return { first, last, count: countOf(header, first === header.firstPosition && last === header.lastPosition, segment, wanted) };
}

function countOf(header: CommitHeader, isWhole: boolean, segment: RunSegment, wanted: Wanted): number | undefined {
  if (!mayMatch(header, wanted) || isWithin(header, segment, wanted)) return 0;
  const isOfVm = wanted.vm === undefined || header.vms.length === 1;
  if (!isWhole || !isOfVm || wanted.test !== undefined) return undefined;
  return header.types.reduce((sum, type, index) => (isOfType(wanted, type) ? sum + (header.typeCounts[index] ?? 0) : sum), 0);
}

function isOfType({ types }: EventFilter, type: number): boolean {
  return types === undefined || types.includes(type);
}

async function* withCounts(pool: Pool, run: number, places: readonly Place[], wanted: Wanted): AsyncGenerator<CommitCount, void, void> {
  for (let index = 0; index < places.length;) {
    const { first, last, count } = places[index]!;
    if (count !== undefined) {
      yield { first, last, count, isDecoded: false };
      index++;
      continue;
    }
    // Those that follow each other are read together.
    let end = index + 1;
    while (end < places.length && places[end]!.count === undefined) end++;
    yield* counted(pool, run, places.slice(index, end), wanted);
    index = end;
  }
}

async function* counted(pool: Pool, run: number, places: readonly Place[], wanted: Wanted): AsyncGenerator<CommitCount, void, void> {
  const counter = new Counter(wanted);
  const range = { from: places[0]!.first, to: places.at(-1)!.last, buffers: new BatchBuffers() };
  let index = 0;
  for await (const _ of readSelected(pool, run, range, counter)) {
    wanted.signal?.throwIfAborted();
    const { first, last } = places[index++]!;
    yield { first, last, count: counter.count, isDecoded: true };
  }
}

/** Selects no event, so that none is decoded further, and counts those that it would have. */
class Counter implements EventSelector {
  count = 0;
  readonly fields: EventSelector["fields"];
  readonly #wanted: Wanted;
  readonly #types = new Uint8Array(256);

  constructor(wanted: Wanted) {
    this.#wanted = wanted;
    this.fields = [...new Set(["types", "vms", ...(wanted.test?.fields ?? [])] as const)];
    if (wanted.types === undefined) this.#types.fill(1);
    for (const type of wanted.types ?? []) this.#types[type] = 1;
  }

  readonly select = (batch: EventBatch, from: number, end: number): Uint32Array => {
    const { vm, test } = this.#wanted;
    let count = 0;
    for (let i = from; i < end; i++) {
      if (this.#types[batch.types[i]!] === 0 || (vm !== undefined && batch.vms[i] !== vm)) continue;
      if (test === undefined || test.keep(batch, i)) count++;
    }
    this.count = count;
    return NO_EVENT;
  };
}

const NO_EVENT = new Uint32Array(0);
