import type { CommitCount } from "../../event-store/index.ts";
import type { Pool } from "../../database/index.ts";
import { countPageEvents } from "../../history/index.ts";
import type { Run, SortDirection } from "../../runs/index.ts";
import { type EventQuery, filterOf, positionRange } from "./find-events.ts";

/** A place in a list of events: where to begin, to leave out few events instead of many. */
export type EventMark = {
  /** Events of the list before it. */
  readonly before: number;
  /** The list continues with the events from this position on; of a descending list, with those up to it. */
  readonly position: number;
};

/** How many events match, as far as they are counted. */
export type EventTotal = {
  readonly count: number;
  /** Positions up to this one are counted (included); of a descending list, down to this one. 0: there was nothing to count. */
  readonly countedTo: number;
  readonly isComplete: boolean;
  /** Ascending by `before`; the first is where the list begins. */
  readonly marks: readonly EventMark[];
};

/** Events that one answer looks at, about: some tens of milliseconds of work. */
const EXAMINED = 524_288;
/** Reading a header costs a small part of looking at the events. */
const HEADER_SHARE = 1 / 64;
/** Positions are looked at in windows, each twice as large as the one before it, as commits are read in one direction: parts of an answer. */
const [FIRST_WINDOW, LARGEST_WINDOW] = [1 / 8, 1 / 2];
/** Between two marks lie at least so many events of the list, or so many positions, and at most those of one commit more. */
const [MARK_EVENTS, MARK_POSITIONS] = [2_000, 65_536];

export type Counting = { readonly direction: SortDirection; readonly examined?: number };

/** Counts the events of a query in one direction, up to a bound of work. @throws BallastError as `findEvents`. */
export async function eventTotal(
  run: Run,
  query: EventQuery,
  { direction, examined = EXAMINED }: Counting,
  { pool, signal }: { readonly pool: Pool; readonly signal: AbortSignal },
): Promise<EventTotal> {
  const { from, to } = await positionRange(pool, run, query, 0);
  const isDescending = direction === "descending";
  const tally = new Tally(isDescending);
  let left = examined;
  let [first, last] = [from, to];
  for (let size = examined * FIRST_WINDOW; first <= last && left > 0; size = Math.min(2 * size, examined * LARGEST_WINDOW)) {
    const window = isDescending
      ? { from: Math.max(first, last - size + 1), to: last }
      : { from: first, to: Math.min(last, first + size - 1) };
    const counts: CommitCount[] = [];
    for await (const counted of countPageEvents(pool, run.logId, { ...filterOf(query), ...window }, signal)) counts.push(counted);
    for (const { isDecoded, ...counted } of isDescending ? counts.toReversed() : counts) {
      tally.add(counted);
      left -= (counted.last - counted.first + 1) * (isDecoded ? 1 : HEADER_SHARE);
    }
    if (isDescending) last = window.from - 1;
    else first = window.to + 1;
  }
  return tally.total(first > last);
}

/** Adds up counts of ranges that follow each other, and marks some of their beginnings. */
class Tally {
  readonly #isDescending: boolean;
  readonly #marks: EventMark[] = [];
  #count = 0;
  #countedTo = 0;

  constructor(isDescending: boolean) {
    this.#isDescending = isDescending;
  }

  add({ first, last, count }: { readonly first: number; readonly last: number; readonly count: number }): void {
    this.#mark(this.#isDescending ? last : first);
    this.#count += count;
    this.#countedTo = this.#isDescending ? first : last;
  }

  /** Where nothing was found since the last mark, that mark moves. */
  #mark(position: number): void {
    const latest = this.#marks.at(-1);
    const mark = { before: this.#count, position };
    if (latest?.before === this.#count) this.#marks[this.#marks.length - 1] = mark;
    else if (latest === undefined || this.#isFar(latest, mark)) this.#marks.push(mark);
  }

  #isFar(from: EventMark, to: EventMark): boolean {
    return to.before - from.before >= MARK_EVENTS || Math.abs(to.position - from.position) >= MARK_POSITIONS;
  }

  total(isComplete: boolean): EventTotal {
    return { count: this.#count, countedTo: this.#countedTo, isComplete, marks: this.#marks };
  }
}
