import { BallastError } from "@ballast/core/errors";
import { CATALOGUE, type EventBatch } from "@ballast/core/events";
import type { Pool } from "pg";
import {
  type CommitCount,
  countByCommit,
  type EventFilter,
  type EventSelection,
  type FurtherTest,
  selectEvents,
} from "../event-store/index.ts";
import { type PageMatcher, physicalPages, realPages, virtualPages } from "./page-events.ts";
import { type NamedPage, PageKind, type PositionRange, rangesOfRunWithout } from "./page-filters/index.ts";

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

type PageName = Exclude<keyof EventSlices, "process">;
type Query = EventFilter & EventSlices;
type Kind = { readonly matcher: PageMatcher; readonly nameOf: (query: Query, page: number) => NamedPage };

const KINDS = {
  virtualPage: {
    matcher: virtualPages,
    nameOf: ({ vm = 0, process = 0 }, page) => ({ kind: PageKind.Virtual, vm, process, page }),
  },
  realPage: { matcher: realPages, nameOf: ({ vm = 0 }, page) => ({ kind: PageKind.Real, vm, process: 0, page }) },
  physicalPage: { matcher: physicalPages, nameOf: (_query, page) => ({ kind: PageKind.Physical, vm: 0, process: 0, page }) },
} satisfies Record<PageName, Kind>;

/**
 * Like `selectEvents`, by process and by page, too. A selection can be empty: a reader that is to end can do so there.
 * @throws BallastError INPUT_INVALID for a page without the VM or the process that it belongs to.
 */
export async function* selectPageEvents(pool: Pool, run: number, query: Query): AsyncGenerator<EventSelection, void, void> {
  const { filter, test } = await splitQuery(pool, run, query);
  if (test === undefined) return yield* selectEvents(pool, run, filter);
  const { limit = Infinity, ...all } = filter;
  let left = limit;
  if (left <= 0) return;
  for await (const { batch, indexes } of selectEvents(pool, run, all)) {
    const kept = indexes.filter((index) => test.keep(batch, index)).subarray(0, left);
    yield { batch, indexes: kept };
    left -= kept.length;
    if (left <= 0) return;
  }
}

/** How many events `selectPageEvents` would give, commit by commit. @throws as it does. */
export async function* countPageEvents(
  pool: Pool,
  run: number,
  query: Query,
  signal?: AbortSignal,
): AsyncGenerator<CommitCount, void, void> {
  const { filter, test } = await splitQuery(pool, run, query);
  yield* countByCommit(pool, run, { ...filter, test, signal });
}

type SplitQuery = {
  readonly filter: EventFilter;
  /** What the store cannot select by itself; undefined if there is nothing of it. */
  readonly test: FurtherTest | undefined;
};

async function splitQuery(pool: Pool, run: number, query: Query): Promise<SplitQuery> {
  const { vm, process, virtualPage, realPage, physicalPage, ...filter } = query;
  if (virtualPage !== undefined && (vm === undefined || process === undefined)) {
    throw new BallastError("INPUT_INVALID", "a virtual page belongs to a process: give the VM and the process with it");
  }
  if (realPage !== undefined && vm === undefined) {
    throw new BallastError("INPUT_INVALID", "a real page belongs to a VM: give the VM with it");
  }
  const pages = pagesOf({ virtualPage, realPage, physicalPage });
  const test = testOf(process, pages);
  return { filter: { ...filter, ...(vm === undefined ? {} : { vm }), ...(await narrowedTo(pool, run, query, pages)) }, test };
}

type WantedPage = readonly [Kind, number];

function testOf(process: number | undefined, pages: readonly WantedPage[]): FurtherTest | undefined {
  if (process === undefined && pages.length === 0) return undefined;
  const matches = (batch: EventBatch, index: number): boolean => pages.every(([{ matcher }, page]) => matcher.matches(batch, index, page));
  return {
    fields: pages.length === 0 ? ["processes"] : ["processes", "a", "b", "c", "d"],
    keep: (batch, index) => (process === undefined || batch.processes[index] === process) && matches(batch, index),
  };
}

/** Commits without an event that can name the pages are not read, nor those in which a filter knows that none names them. */
async function narrowedTo(
  pool: Pool,
  run: number,
  query: Query,
  pages: readonly WantedPage[],
): Promise<Pick<EventFilter, "types" | "without">> {
  if (pages.length === 0) return {};
  const range: PositionRange = { first: query.from ?? 1, last: query.to ?? Number.MAX_SAFE_INTEGER };
  const without = await Promise.all(pages.map(([{ nameOf }, page]) => rangesOfRunWithout(pool, run, range, nameOf(query, page))));
  const types = query.types ?? CATALOGUE.map(({ code }) => code);
  return {
    types: types.filter((code) => pages.every(([{ matcher }]) => matcher.types.includes(code))),
    without: [...(query.without ?? []), ...without.flat()],
  };
}

function pagesOf(query: EventSlices): WantedPage[] {
  return (Object.keys(KINDS) as PageName[]).flatMap((name) => {
    const page = query[name];
    return page === undefined ? [] : [[KINDS[name], page] as const];
  });
}
