import { BallastError } from "@ballast/core/errors";
import { CATALOGUE, type EventFamily, type EventView, viewEvent } from "@ballast/core/events";
import type { Pool } from "../../database/index.ts";
import { type EventSelection, positionAtTime, selectEvents } from "../../event-store/index.ts";
import { PageMatcher } from "../../history/page-events.ts";
import type { Run } from "../../runs/index.ts";
import { lastTextId } from "./event-columns.ts";
import type { EventTexts } from "./event-texts.ts";

/** Which events of a run; every part that is given must hold. */
export type EventQuery = {
  readonly types?: readonly number[] | null | undefined;
  readonly families?: readonly EventFamily[] | null | undefined;
  /** A VM's number; 0 for events of the host. */
  readonly vm?: number | null | undefined;
  /** A process's number within the VM. */
  readonly process?: number | null | undefined;
  /** Events that name this virtual page; needs `vm` and `process`. */
  readonly virtualPage?: number | null | undefined;
  /** Events that name this real page; needs `vm`. */
  readonly realPage?: number | null | undefined;
  readonly physicalPage?: number | null | undefined;
  /** Bounds, both included. */
  readonly fromPosition?: number | null | undefined;
  readonly toPosition?: number | null | undefined;
  readonly fromTimeNs?: number | null | undefined;
  readonly toTimeNs?: number | null | undefined;
};

export type EventSource = { readonly pool: Pool; readonly texts: EventTexts; readonly signal?: AbortSignal };

const virtualPages = new PageMatcher("virtualPage");
const realPages = new PageMatcher("realPage");
const physicalPages = new PageMatcher("physicalPage");

/** The first `most` matching events after a position, in order. */
export async function findEvents(
  source: EventSource,
  run: Run,
  query: EventQuery,
  after: number,
  most: number,
): Promise<EventView[]> {
  const range = await positionRange(source.pool, run, query, after);
  if (range.from > range.to) return [];
  const views: EventView[] = [];
  const filter = { ...range, ...typesOf(query), ...(query.vm == null ? {} : { vm: query.vm }) };
  const keep = fineFilter(query);
  const limit = keep === undefined ? { limit: most } : {};
  for await (const selection of selectEvents(source.pool, run.logId, { ...filter, ...limit })) {
    source.signal?.throwIfAborted();
    const indexes =
      keep === undefined ? [...selection.indexes] : [...selection.indexes].filter((index) => keep(selection, index));
    const wanted = indexes.slice(0, most - views.length);
    const text = await source.texts.upTo(run.logId, lastTextId(selection.batch, wanted));
    for (const index of wanted) views.push(viewEvent(selection.batch, index, text));
    if (views.length === most) break;
  }
  return views;
}

async function positionRange(
  pool: Pool,
  run: Run,
  query: EventQuery,
  after: number,
): Promise<{ from: number; to: number }> {
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

function typesOf(query: EventQuery): { types?: readonly number[] } {
  const { types, families, virtualPage, realPage, physicalPage } = query;
  const pages = [virtualPage, realPage, physicalPage];
  if (types == null && families == null && pages.every((page) => page == null)) return {};
  const codes = CATALOGUE.filter(
    (type) =>
      (types == null || types.includes(type.code)) &&
      (families == null || families.includes(type.family)) &&
      (virtualPage == null || virtualPages.types.includes(type.code)) &&
      (realPage == null || realPages.types.includes(type.code)) &&
      (physicalPage == null || physicalPages.types.includes(type.code)),
  ).map((type) => type.code);
  return { types: codes };
}

/** What the store cannot select by itself; undefined if there is nothing of it. */
function fineFilter(query: EventQuery): ((selection: EventSelection, index: number) => boolean) | undefined {
  const { process, virtualPage, realPage, physicalPage } = query;
  if ([process, virtualPage, realPage, physicalPage].every((given) => given == null)) return undefined;
  if (virtualPage != null && (query.vm == null || process == null)) {
    throw new BallastError("INPUT_INVALID", "a virtual page belongs to a process: give `vm` and `process` with `virtualPage`");
  }
  if (realPage != null && query.vm == null) {
    throw new BallastError("INPUT_INVALID", "a real page belongs to a VM: give `vm` with `realPage`");
  }
  return ({ batch }, index) => {
    if (process != null && batch.processes[index] !== process) return false;
    if (virtualPage != null && !virtualPages.matches(batch, index, virtualPage)) return false;
    if (realPage != null && !realPages.matches(batch, index, realPage)) return false;
    return physicalPage == null || physicalPages.matches(batch, index, physicalPage);
  };
}
