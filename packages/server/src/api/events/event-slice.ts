import { isFinal, type Run } from "../../runs/index.ts";
import type { RequestContext } from "../request-context.ts";
import { type Connection, pageOf } from "../paging/connection.ts";
import { decodeCursor, encodeCursor } from "../paging/cursor.ts";
import { checkListLimit } from "../paging/list-limit.ts";
import { type EventQuery, findEvents } from "./find-events.ts";
import type { RunEvent } from "./run-event.ts";

/** A page of a run's events, in the order of their positions. */
export async function eventSlice(
  run: Run,
  query: EventQuery,
  page: { readonly first: number; readonly after?: string | null | undefined },
  { services, signal, immutable }: RequestContext,
): Promise<Connection<RunEvent>> {
  const first = checkListLimit(page.first);
  const after = page.after == null ? 0 : decodeCursor(run.id, page.after);
  const source = { pool: services.application.pool, texts: services.texts, signal };
  const found = await findEvents(source, run, query, after, first + 1);
  // A full page has its end behind it for good; another one ends where the run was, unless its end was asked for.
  if (found.length <= first && !endsInThePast(run, query)) immutable?.refuse();
  return pageOf(found, first, (event) => encodeCursor(run.id, event.position));
}

function endsInThePast(run: Run, query: EventQuery): boolean {
  if (isFinal(run.status)) return true;
  if (query.toPosition != null && query.toPosition <= run.headPosition) return true;
  return query.toTimeNs != null && query.toTimeNs < run.headTimeNs;
}
