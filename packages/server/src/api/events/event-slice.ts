import { BallastError } from "@ballast/core/errors";
import { isFinal, type Run, type SortDirection } from "../../runs/index.ts";
import type { RequestContext } from "../request-context.ts";
import { type Connection, pageOf } from "../paging/connection.ts";
import { decodeCursor, encodeCursor } from "../paging/cursor.ts";
import { checkListLimit } from "../paging/list-limit.ts";
import { type EventQuery, findEvents, findLatestEvents } from "./find-events.ts";
import type { RunEvent } from "./run-event.ts";

export type EventPage = {
  readonly first: number;
  readonly after?: string | null | undefined;
  readonly direction: SortDirection;
  /** Matching events that are left out before the first. */
  readonly skip: number;
};

/** Those of one commit, and some more: marks of `eventTotal` lie near enough. */
const MAX_SKIPPED = 200_000;

/** A page of a run's events, in the order of their positions or from the latest back. */
export async function eventSlice(
  run: Run,
  query: EventQuery,
  page: EventPage,
  { services, signal, immutable }: RequestContext,
): Promise<Connection<RunEvent>> {
  const first = checkListLimit(page.first);
  const skip = checkSkip(page.skip);
  const after = page.after == null ? undefined : decodeCursor(run.id, page.after);
  const source = { pool: services.application.pool, texts: services.texts, signal };
  if (page.direction === "descending") {
    // Before a cursor all is past.
    if (after === undefined && !endsInThePast(run, query)) immutable?.refuse();
    const latest = await findLatestEvents(source, run, query, { beyond: after ?? Infinity, skip, max: first + 1 });
    return pageOf(latest, first, (event) => encodeCursor(run.id, event.position));
  }
  const found = await findEvents(source, run, query, { beyond: after ?? 0, skip, max: first + 1 });
  // A full page has its end behind it for good; another one ends where the run was, unless its end was asked for.
  if (found.length <= first && !endsInThePast(run, query)) immutable?.refuse();
  return pageOf(found, first, (event) => encodeCursor(run.id, event.position));
}

function checkSkip(skip: number): number {
  if (skip >= 0 && skip <= MAX_SKIPPED) return skip;
  throw new BallastError(
    "INPUT_INVALID",
    `\`skip\` must be 0 to ${MAX_SKIPPED}, not ${skip}; begin nearer by \`filter.fromPosition\`: the marks of \`eventTotal\` say where`,
  );
}

/** Whether nothing that comes can change which events a query finds. */
export function endsInThePast(run: Run, query: EventQuery): boolean {
  if (isFinal(run.status)) return true;
  if (query.toPosition != null && query.toPosition <= run.headPosition) return true;
  return query.toTimeNs != null && query.toTimeNs < run.headTimeNs;
}
