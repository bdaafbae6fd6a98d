import type { History, PageHistory, PageHistoryRange } from "../../history/index.ts";
import { isFinal, type Run } from "../../runs/index.ts";
import type { RequestContext } from "../request-context.ts";
import type { Connection } from "../paging/connection.ts";
import { decodeCursor, encodeCursor } from "../paging/cursor.ts";
import { checkListLimit } from "../paging/list-limit.ts";
import { eventsOf, type RunEvent } from "./run-event.ts";

/** A page of what happened to a page or a frame. Its end is how far was looked, which may be far behind its last event. */
export async function historySlice(
  run: Run,
  page: { readonly first: number; readonly after?: string | null | undefined },
  { services, immutable }: RequestContext,
  find: (history: History, range: PageHistoryRange) => Promise<PageHistory>,
): Promise<Connection<RunEvent>> {
  const first = checkListLimit(page.first);
  const after = page.after == null ? 0 : decodeCursor(run.id, page.after);
  const { events, scannedTo, hasMore } = await find(services.application.history, {
    after,
    first,
    to: run.headPosition,
  });
  if (!hasMore && !isFinal(run.status)) immutable?.refuse();
  const named = eventsOf(run.logId, await services.texts.pageNames.addTo(run.logId, events));
  const edges = named.map((node) => ({ node, cursor: encodeCursor(run.id, node.position) }));
  return { edges, pageInfo: { hasNextPage: hasMore, endCursor: encodeCursor(run.id, scannedTo) } };
}
