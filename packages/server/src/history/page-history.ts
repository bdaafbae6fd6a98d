import { type EventBatch, type EventView, viewEvent } from "@ballast/core/events";
import type { Pool } from "pg";
import { cutSegments, type EventFilter, loadSegments, readHead, readMatchingCommits } from "../event-store/index.ts";
import { type PageMatcher, physicalPages, realPages } from "./page-events.ts";
import { hashesOf, PageKind, type PositionRange, rangesWithout } from "./page-filters/index.ts";

export type PageHistoryRange = {
  /** Begin after this position; 0 if not given. */
  readonly after?: number;
  /** Last position to look at, included; the head if not given. */
  readonly to?: number;
  /** The most events to give; 100 if not given. */
  readonly first?: number;
};

/** Some of the events of a page, by ascending position. */
export type PageHistory = {
  readonly events: readonly EventView[];
  /** Every event of the page up to here was given by this or an earlier call: continue with `after: scannedTo`. */
  readonly scannedTo: number;
  /** Whether there is history left to look at; there need not be an event of the page in it. */
  readonly hasMore: boolean;
};

/** Events that one call looks at, at most: a fraction of a second of work. */
export const MAX_EVENTS_SCANNED = 2_097_152;
const DEFAULT_FIRST = 100;

type Wanted = {
  readonly matcher: PageMatcher;
  readonly page: number;
  readonly vm: number | undefined;
  /** Under which page filters may have it. */
  readonly hashes: readonly number[];
};

/** What happened to a real page of a VM. @throws BallastError RUN_NOT_FOUND. */
export function pageHistory(pool: Pool, run: number, vm: number, realPage: number, range: PageHistoryRange = {}): Promise<PageHistory> {
  return scan(pool, run, { matcher: realPages, page: realPage, vm, hashes: hashesOf(PageKind.Real, vm, realPage) }, range);
}

/** What happened to a frame, whichever VM owned it. @throws BallastError RUN_NOT_FOUND. */
export function frameHistory(pool: Pool, run: number, physicalPage: number, range: PageHistoryRange = {}): Promise<PageHistory> {
  return scan(
    pool,
    run,
    { matcher: physicalPages, page: physicalPage, vm: undefined, hashes: hashesOf(PageKind.Physical, 0, physicalPage) },
    range,
  );
}

async function scan(pool: Pool, run: number, wanted: Wanted, range: PageHistoryRange): Promise<PageHistory> {
  const { after = 0, first = DEFAULT_FIRST } = range;
  const head = await readHead(pool, run);
  const last = Math.min(range.to ?? head.position, head.position);
  const filter: EventFilter = {
    from: after + 1,
    to: last,
    types: wanted.matcher.types,
    without: await rangesIn(pool, run, { first: after + 1, last }, wanted.hashes),
    ...(wanted.vm === undefined ? {} : { vm: wanted.vm }),
  };
  const events: EventView[] = [];
  let scanned = 0;
  for await (const batch of readMatchingCommits(pool, run, filter)) {
    collect(batch, wanted, first, events);
    scanned += batch.length;
    const full = events.length === first ? events.at(-1)?.position : undefined;
    const scannedTo = full ?? batch.lastPosition;
    if (full !== undefined || scanned >= MAX_EVENTS_SCANNED) return { events, scannedTo, hasMore: scannedTo < last };
  }
  return { events, scannedTo: Math.max(after, last), hasMore: false };
}

/** Where the filters say that no event names the page. */
async function rangesIn(pool: Pool, run: number, { first, last }: PositionRange, hashes: readonly number[]): Promise<PositionRange[]> {
  const segments = cutSegments(await loadSegments(pool, run), first, last);
  return (await Promise.all(segments.map((segment) => rangesWithout(pool, segment, hashes)))).flat();
}

/** Events that name pages carry no texts, so that none are needed to show them. */
function collect(batch: EventBatch, { matcher, page, vm }: Wanted, first: number, events: EventView[]): void {
  for (let i = 0; i < batch.length && events.length < first; i++) {
    if (vm !== undefined && batch.vms[i] !== vm) continue;
    if (matcher.matches(batch, i, page)) events.push(viewEvent(batch, i, () => ""));
  }
}
