import { CATALOGUE, type EventBatch, type EventFamily, type EventView, viewEvent } from "@ballast/core/events";
import type { Pool } from "../../database/index.ts";
import { type EventFilter, type EventSelection, positionAtTime } from "../../event-store/index.ts";
import { type EventSlices, selectPageEvents } from "../../history/select-page-events.ts";
import type { Run } from "../../runs/index.ts";
import { lastTextId } from "./event-columns.ts";
import type { EventTexts } from "./event-texts.ts";
import { eventsOf, type RunEvent } from "./run-event.ts";

/** Which events of a run; every part that is given must hold. */
export type EventQuery = { readonly [part in keyof EventSlices]: EventSlices[part] | null } & {
  readonly types?: readonly number[] | null | undefined;
  readonly families?: readonly EventFamily[] | null | undefined;
  /** A VM's number; 0 for events of the host. */
  readonly vm?: number | null | undefined;
  /** Bounds, both included. */
  readonly fromPosition?: number | null | undefined;
  readonly toPosition?: number | null | undefined;
  readonly fromTimeNs?: number | null | undefined;
  readonly toTimeNs?: number | null | undefined;
};

export type EventSource = { readonly pool: Pool; readonly texts: EventTexts; readonly signal?: AbortSignal };

/** Which of the matching events: at most `max` beyond a position in the list's direction, without the first `skip` of them. */
export type EventPart = { readonly beyond: number; readonly skip?: number; readonly max: number };

/** The first matching events after a position, in order. */
export async function findEvents(
  source: EventSource,
  run: Run,
  query: EventQuery,
  { beyond, skip = 0, max }: EventPart,
): Promise<readonly RunEvent[]> {
  const range = await positionRange(source.pool, run, query, beyond);
  if (range.from > range.to) return [];
  const views: EventView[] = [];
  const filter = { ...range, ...filterOf(query), limit: skip + max };
  let left = skip;
  for await (const { batch, indexes } of selectPageEvents(source.pool, run.logId, filter)) {
    views.push(...(await viewsOf(source, run, batch, [...indexes.subarray(left)])));
    left = Math.max(0, left - indexes.length);
  }
  return eventsOf(run.logId, await source.texts.pageNames.addTo(run.logId, views));
}

/** Positions of the first window of a search for the latest events; each window before it is twice as large. What is found in one is held at a time. */
const [FIRST_WINDOW, LARGEST_WINDOW] = [16_384, 524_288];

/** The last matching events before a position, the latest first. */
export async function findLatestEvents(
  source: EventSource,
  run: Run,
  query: EventQuery,
  { beyond, skip = 0, max }: EventPart,
): Promise<readonly RunEvent[]> {
  const range = await positionRange(source.pool, run, query, 0);
  const found: EventView[] = [];
  let left = skip;
  let to = Math.min(range.to, beyond - 1);
  for (let size = FIRST_WINDOW; to >= range.from && found.length < max; size = Math.min(2 * size, LARGEST_WINDOW)) {
    const from = Math.max(range.from, to - size + 1);
    const selections: EventSelection[] = [];
    for await (const selection of selectPageEvents(source.pool, run.logId, { from, to, ...filterOf(query) })) selections.push(selection);
    for (const { batch, indexes } of selections.toReversed()) {
      const end = Math.max(0, indexes.length - left);
      const wanted = [...indexes.subarray(Math.max(0, end - (max - found.length)), end)];
      found.push(...(await viewsOf(source, run, batch, wanted)).toReversed());
      left = Math.max(0, left - indexes.length);
    }
    to = from - 1;
  }
  return eventsOf(run.logId, await source.texts.pageNames.addTo(run.logId, found.toReversed())).toReversed();
}

async function viewsOf(source: EventSource, run: Run, batch: EventBatch, indexes: readonly number[]): Promise<EventView[]> {
  source.signal?.throwIfAborted();
  const text = await source.texts.upTo(run.logId, lastTextId(batch, indexes));
  return indexes.map((index) => viewEvent(batch, index, text));
}

/** As stores take it. */
export function filterOf(query: EventQuery): EventFilter & EventSlices {
  return { ...typesOf(query), ...(query.vm == null ? {} : { vm: query.vm }), ...pagesOf(query) };
}

/** The positions that a query can find something between, both included; none if the first is behind the last. */
export async function positionRange(pool: Pool, run: Run, query: EventQuery, after: number): Promise<{ from: number; to: number }> {
  let from = Math.max(after + 1, query.fromPosition ?? 1);
  let to = Math.min(run.headPosition, query.toPosition ?? run.headPosition);
  if (query.fromTimeNs != null && query.fromTimeNs > 0) {
    if (query.fromTimeNs > run.headTimeNs) return { from: 1, to: 0 };
    from = Math.max(from, (await positionAtTime(pool, run.logId, query.fromTimeNs - 1)) + 1);
  }
  if (query.toTimeNs != null && query.toTimeNs < run.headTimeNs) {
    to = query.toTimeNs < 0 ? 0 : Math.min(to, await positionAtTime(pool, run.logId, query.toTimeNs));
  }
  return { from, to };
}

function pagesOf({ process, virtualPage, realPage, physicalPage }: EventQuery): EventSlices {
  return {
    process: process ?? undefined,
    virtualPage: virtualPage ?? undefined,
    realPage: realPage ?? undefined,
    physicalPage: physicalPage ?? undefined,
  };
}

function typesOf({ types, families }: EventQuery): { types?: readonly number[] } {
  if (types == null && families == null) return {};
  const codes = CATALOGUE.filter(
    (type) => (types == null || types.includes(type.code)) && (families == null || families.includes(type.family)),
  ).map((type) => type.code);
  return { types: codes };
}
