import { type EventBatch, type EventView, viewEvent } from "@ballast/core/events";
import type { Pool } from "pg";
import { type EventFilter, readHead, readMatchingCommits } from "../event-store/index.ts";
import { type PageMatcher, physicalPages, realPages, virtualPages } from "./page-events.ts";
import { type NamedPage, PageKind, type PositionRange, rangesOfRunWithout } from "./page-filters/index.ts";

export type PageHistoryRange = {
  /** Begin after this position; 0 if not given. */
  readonly after?: number;
  /** Last position to look at, included; the head if not given. */
  readonly to?: number;
  /** Go from the last position to the first. */
  readonly isDescending?: boolean;
  /** The most events to give; 100 if not given. */
  readonly first?: number;
};

/** Some of the events of a page, by position, ascending or descending. */
export type PageHistory = {
  readonly events: readonly EventView[];
  /**
   * Every event of the page up to here (descending: from here on) was given by this or an earlier call: continue with `after: scannedTo`
   * (descending: with `to: scannedTo - 1`).
   */
  readonly scannedTo: number;
  /** Whether there is history left to look at; there need not be an event of the page in it. */
  readonly hasMore: boolean;
};

/** Events that one call looks at, at most: a fraction of a second of work. */
export const MAX_EVENTS_SCANNED = 2_097_152;
const DEFAULT_FIRST = 100;
/** Events of the first window of a look backwards. */
const FIRST_WINDOW = 16_384;

type Wanted = NamedPage & { readonly matcher: PageMatcher };

/** What happened to a real page of a VM. @throws BallastError RUN_NOT_FOUND. */
export function pageHistory(pool: Pool, run: number, vm: number, realPage: number, range: PageHistoryRange = {}): Promise<PageHistory> {
  return scan(pool, run, { matcher: realPages, kind: PageKind.Real, vm, process: 0, page: realPage }, range);
}

/** A virtual page of a process (of a file in a guest's page cache: of that). */
export type ProcessPage = { readonly vm: number; readonly process: number; readonly virtualPage: number };

/** What happened to a virtual page of a process. @throws BallastError RUN_NOT_FOUND. */
export function virtualPageHistory(pool: Pool, run: number, asked: ProcessPage, range: PageHistoryRange = {}): Promise<PageHistory> {
  const { vm, process, virtualPage: page } = asked;
  return scan(pool, run, { matcher: virtualPages, kind: PageKind.Virtual, vm, process, page }, range);
}

/** What happened to a frame, whichever VM owned it. @throws BallastError RUN_NOT_FOUND. */
export function frameHistory(pool: Pool, run: number, physicalPage: number, range: PageHistoryRange = {}): Promise<PageHistory> {
  return scan(pool, run, { matcher: physicalPages, kind: PageKind.Physical, vm: 0, process: 0, page: physicalPage }, range);
}

async function scan(pool: Pool, run: number, wanted: Wanted, range: PageHistoryRange): Promise<PageHistory> {
  const { after = 0, first = DEFAULT_FIRST } = range;
  const head = await readHead(pool, run);
  const last = Math.min(range.to ?? head.position, head.position);
  const filter: EventFilter = {
    types: wanted.matcher.types,
    without: await rangesOfRunWithout(pool, run, { first: after + 1, last }, wanted),
    ...(wanted.vm === 0 ? {} : { vm: wanted.vm }),
  };
  const scanned = { pool, run, wanted, filter, first };
  return range.isDescending === true
    ? await scanDescending(scanned, { first: after + 1, last })
    : await scanAscending(scanned, { first: after + 1, last });
}

type Scan = { readonly pool: Pool; readonly run: number; readonly wanted: Wanted; readonly filter: EventFilter; readonly first: number };

async function scanAscending({ pool, run, wanted, filter, first }: Scan, range: PositionRange): Promise<PageHistory> {
  const { last } = range;
  const events: EventView[] = [];
  let scanned = 0;
  for await (const batch of readMatchingCommits(pool, run, { ...filter, from: range.first, to: last })) {
    events.push(...viewsOf(batch, matchesIn(batch, wanted, first - events.length)));
    scanned += batch.length;
    const full = events.length === first ? events.at(-1)?.position : undefined;
    const scannedTo = full ?? batch.lastPosition;
    if (full !== undefined || scanned >= MAX_EVENTS_SCANNED) return { events, scannedTo, hasMore: scannedTo < last };
  }
  return { events, scannedTo: Math.max(range.first - 1, last), hasMore: false };
}

/** Looks at windows of positions from the end on, each twice as large as the one behind it, as commits are read in one direction. */
async function scanDescending({ pool, run, wanted, filter, first }: Scan, range: PositionRange): Promise<PageHistory> {
  const events: EventView[] = [];
  let scanned = 0;
  let size = FIRST_WINDOW;
  for (let to = range.last; to >= range.first; size *= 2) {
    const from = Math.max(range.first, to - size + 1);
    let found: EventView[] = [];
    for await (const batch of readMatchingCommits(pool, run, { ...filter, from, to })) {
      const views = viewsOf(batch, matchesIn(batch, wanted).slice(-first));
      found = [...found, ...views].slice(-first);
      scanned += batch.length;
    }
    events.push(...found.toReversed().slice(0, first - events.length));
    const full = events.length === first ? events.at(-1)?.position : undefined;
    const scannedTo = full ?? from;
    if (full !== undefined || scanned >= MAX_EVENTS_SCANNED) return { events, scannedTo, hasMore: scannedTo > range.first };
    to = from - 1;
  }
  return { events, scannedTo: range.first, hasMore: false };
}

function matchesIn(batch: EventBatch, { matcher, page, vm, process }: Wanted, max = Infinity): number[] {
  const found: number[] = [];
  for (let i = 0; i < batch.length && found.length < max; i++) {
    if (vm !== 0 && batch.vms[i] !== vm) continue;
    if (process !== 0 && batch.processes[i] !== process) continue;
    if (matcher.matches(batch, i, page)) found.push(i);
  }
  return found;
}

/** Events that name pages carry no texts, so that none are needed to show them. */
function viewsOf(batch: EventBatch, indexes: readonly number[]): EventView[] {
  return indexes.map((index) => viewEvent(batch, index, () => ""));
}
