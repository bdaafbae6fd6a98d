import { BallastError } from "@ballast/core/errors";
import { CATALOGUE, type EventBatch } from "@ballast/core/events";
import type { Pool } from "pg";
import { type EventFilter, type EventSelection, selectEvents } from "../event-store/index.ts";
import { type PageMatcher, physicalPages, realPages, virtualPages } from "./page-events.ts";

/** Whom events concern and which pages they name; every part that is given must hold. */
export type EventSlices = {
  /** A process's number within the VM. */
  readonly process?: number | undefined;
  /** Needs `vm` and `process`. */
  readonly virtualPage?: number | undefined;
  /** Needs `vm`. */
  readonly realPage?: number | undefined;
  readonly physicalPage?: number | undefined;
};

type PageKind = Exclude<keyof EventSlices, "process">;
type Query = EventFilter & EventSlices;
type Keep = (batch: EventBatch, index: number) => boolean;

const MATCHERS = {
  virtualPage: virtualPages,
  realPage: realPages,
  physicalPage: physicalPages,
} satisfies Record<PageKind, PageMatcher>;

/**
 * Like `selectEvents`, by process and by page, too. A selection can be empty: a reader that is to end can do so there.
 * @throws BallastError INPUT_INVALID for a page without the VM or the process that it belongs to.
 */
export async function* selectPageEvents(pool: Pool, run: number, query: Query): AsyncGenerator<EventSelection, void, void> {
  const keep = keepOf(query);
  if (keep === undefined) return yield* selectEvents(pool, run, query);
  const { limit = Infinity, ...filter } = query;
  let left = limit;
  if (left <= 0) return;
  for await (const { batch, indexes } of selectEvents(pool, run, { ...filter, ...typesOf(query) })) {
    const kept = indexes.filter((index) => keep(batch, index)).subarray(0, left);
    yield { batch, indexes: kept };
    left -= kept.length;
    if (left <= 0) return;
  }
}

/** What the store cannot select by itself; undefined if there is nothing of it. */
function keepOf(query: Query): Keep | undefined {
  const { vm, process } = query;
  const pages = pagesOf(query);
  if (query.virtualPage !== undefined && (vm === undefined || process === undefined)) {
    throw new BallastError("INPUT_INVALID", "a virtual page belongs to a process: give the VM and the process with it");
  }
  if (query.realPage !== undefined && vm === undefined) {
    throw new BallastError("INPUT_INVALID", "a real page belongs to a VM: give the VM with it");
  }
  if (process === undefined && pages.length === 0) return undefined;
  return (batch, index) =>
    (process === undefined || batch.processes[index] === process) && pages.every(([matcher, page]) => matcher.matches(batch, index, page));
}

/** Commits without an event that can name the pages are not read. */
function typesOf(query: Query): { types?: readonly number[] } {
  const pages = pagesOf(query);
  if (pages.length === 0) return {};
  const types = query.types ?? CATALOGUE.map(({ code }) => code);
  return { types: types.filter((code) => pages.every(([matcher]) => matcher.types.includes(code))) };
}

function pagesOf(query: EventSlices): [PageMatcher, number][] {
  return (Object.keys(MATCHERS) as PageKind[]).flatMap((kind) => {
    const page = query[kind];
    return page === undefined ? [] : [[MATCHERS[kind], page]];
  });
}
