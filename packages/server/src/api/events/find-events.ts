import { CATALOGUE, type EventBatch, type EventFamily, type EventView, viewEvent } from "@ballast/core/events";
import type { Pool } from "../../database/index.ts";
import { type EventFilter, positionAtTime } from "../../event-store/index.ts";
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

/** The first `most` matching events after a position, in order. */
export async function findEvents(
  source: EventSource,
  run: Run,
  query: EventQuery,
  after: number,
  max: number,
): Promise<readonly RunEvent[]> {
  const range = await positionRange(source.pool, run, query, after);
  if (range.from > range.to) return [];
  const views: EventView[] = [];
  const filter = { ...range, ...filterOf(query), limit: max };
  for await (const { batch, indexes } of selectPageEvents(source.pool, run.logId, filter)) {
    views.push(...(await viewsOf(source, run, batch, [...indexes])));
  }
  return eventsOf(run.logId, await source.texts.pageNames.addTo(run.logId, views));
}

/** Positions of the first window of a search for the latest events; each window before it is twice as large. */
const FIRST_WINDOW = 16_384;

/** The last `max` matching events before a position, the latest first. */
export async function findLatestEvents(
  source: EventSource,
  run: Run,
  query: EventQuery,
  before: number,
  max: number,
): Promise<readonly RunEvent[]> {
  const range = await positionRange(source.pool, run, query, 0);
  let found: EventView[] = [];
  let to = Math.min(range.to, before - 1);
  for (let size = FIRST_WINDOW; to >= range.from && found.length < max; size *= 2) {
    const from = Math.max(range.from, to - size + 1);
    const views: EventView[] = [];
    for await (const { batch, indexes } of selectPageEvents(source.pool, run.logId, { from, to, ...filterOf(query) })) {
      views.push(...(await viewsOf(source, run, batch, [...indexes.subarray(-max)])));
      views.splice(0, views.length - max);
    }
    found = [...views, ...found].slice(-max);
    to = from - 1;
  }
  return eventsOf(run.logId, await source.texts.pageNames.addTo(run.logId, found)).toReversed();
}

async function viewsOf(source: EventSource, run: Run, batch: EventBatch, indexes: readonly number[]): Promise<EventView[]> {
  source.signal?.throwIfAborted();
  const text = await source.texts.upTo(run.logId, lastTextId(batch, indexes));
  return indexes.map((index) => viewEvent(batch, index, text));
}

function filterOf(query: EventQuery): EventFilter & EventSlices {
  return { ...typesOf(query), ...(query.vm == null ? {} : { vm: query.vm }), ...pagesOf(query) };
}

async function positionRange(pool: Pool, run: Run, query: EventQuery, after: number): Promise<{ from: number; to: number }> {
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
