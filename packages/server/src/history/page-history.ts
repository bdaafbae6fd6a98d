import { type EventBatch, type EventView, viewEvent } from "@ballast/core/events";
import type { Pool } from "pg";
import { cutSegments, type EventFilter, loadSegments, readHead, readMatchingCommits } from "../event-store/index.ts";
import { type PageMatcher, physicalPages, realPages, virtualPages } from "./page-events.ts";
import { entriesOf, type FilterEntry, type NamedPage, PageKind, type PositionRange, rangesWithout } from "./page-filters/index.ts";

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
    from: after + 1,
    to: last,
    types: wanted.matcher.types,
    without: await rangesIn(pool, run, { first: after + 1, last }, entriesOf(wanted)),
    ...(wanted.vm === 0 ? {} : { vm: wanted.vm }),
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
async function rangesIn(
  pool: Pool,
  run: number,
  { first, last }: PositionRange,
  entries: readonly FilterEntry[],
): Promise<PositionRange[]> {
  const segments = cutSegments(await loadSegments(pool, run), first, last);
  return (await Promise.all(segments.map((segment) => rangesWithout(pool, segment, entries)))).flat();
}

/** Events that name pages carry no texts, so that none are needed to show them. */
function collect(batch: EventBatch, { matcher, page, vm, process }: Wanted, first: number, events: EventView[]): void {
  for (let i = 0; i < batch.length && events.length < first; i++) {
    if (vm !== 0 && batch.vms[i] !== vm) continue;
    if (process !== 0 && batch.processes[i] !== process) continue;
    if (matcher.matches(batch, i, page)) events.push(viewEvent(batch, i, () => ""));
  }
}
