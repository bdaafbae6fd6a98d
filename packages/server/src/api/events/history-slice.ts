import type { History, PageHistory, PageHistoryRange } from "../../history/index.ts";
import { isFinal, type Run, type SortDirection } from "../../runs/index.ts";
import type { RequestContext } from "../request-context.ts";
import type { Connection } from "../paging/connection.ts";
import { decodeCursor, encodeCursor } from "../paging/cursor.ts";
import { checkListLimit } from "../paging/list-limit.ts";
import { eventsOf, type RunEvent } from "./run-event.ts";

/** Which part of a history, in which direction. Positions are included. */
export type HistoryPage = {
  readonly first: number;
  readonly after?: string | null | undefined;
  readonly direction: SortDirection;
  readonly fromPosition?: number | null | undefined;
  readonly toPosition?: number | null | undefined;
};

/** A page of what happened to a page or a frame. Its end is how far was looked, which may be far beyond its last event. */
export async function historySlice(
  run: Run,
  page: HistoryPage,
  { services, immutable }: RequestContext,
  find: (history: History, range: PageHistoryRange) => Promise<PageHistory>,
): Promise<Connection<RunEvent>> {
  const first = checkListLimit(page.first);
  const isDescending = page.direction === "descending";
  const { events, scannedTo, hasMore } = await find(services.application.history, { ...rangeOf(run, page), first, isDescending });
  const end = page.toPosition ?? Infinity;
  if (!isFinal(run.status) && end > run.headPosition && (isDescending || !hasMore)) immutable?.refuse();
  const named = eventsOf(run.logId, await services.texts.pageNames.addTo(run.logId, events));
  const edges = named.map((node) => ({ node, cursor: encodeCursor(run.id, node.position) }));
  return { edges, pageInfo: { hasNextPage: hasMore, endCursor: encodeCursor(run.id, scannedTo) } };
}

/** A cursor is where the page before has ended. */
function rangeOf(run: Run, { after, direction, fromPosition, toPosition }: HistoryPage): { after: number; to: number } {
  const range = { after: Math.max(0, (fromPosition ?? 1) - 1), to: Math.min(toPosition ?? run.headPosition, run.headPosition) };
  if (after == null) return range;
  const place = decodeCursor(run.id, after);
  return direction === "descending" ? { ...range, to: Math.min(range.to, place - 1) } : { ...range, after: Math.max(range.after, place) };
}
