import { assert } from "@ballast/core/assert";
import { formatOriginalPage } from "@ballast/core/trace";
import type { Pool } from "../database/index.ts";
import { joinOriginalPages, PAGES_PER_CHUNK } from "./original-page-chunks.ts";
import { joinPageNames } from "./page-name-chunks.ts";
import { findTraceRow, refuseUnknownTrace } from "./stored-trace.ts";

export type TracePage = {
  /** Dense: the virtual page of a process that replays the trace. */
  readonly page: number;
  /** What the recording calls it: an object's id, else `0x` and the page number; behind its space and a slash. */
  readonly name: string;
};

export type TracePageRange = { readonly from: number; readonly limit: number };

/** Between the columns of a space's name (ASCII's unit separator), where it has several. */
const SPACE_SEPARATOR = "\u001F";

const SELECT_CHUNKS = {
  trace_pages: "select payload from trace_pages where trace_id = $1 and chunk_index between $2 and $3 order by chunk_index",
  trace_page_names: "select payload from trace_page_names where trace_id = $1 and chunk_index between $2 and $3 order by chunk_index",
} as const;

/** Pages of a trace with their names, at most `limit` of them. @throws BallastError TRACE_NOT_FOUND. */
export async function listTracePages(pool: Pool, trace: string, { from, limit }: TracePageRange): Promise<TracePage[]> {
  const row = await findTraceRow(pool, trace);
  const end = Math.min(from + limit, row.page_count);
  if (from >= end) return [];
  const [first, last] = [Math.floor(from / PAGES_PER_CHUNK), Math.floor((end - 1) / PAGES_PER_CHUNK)];
  const load = async (table: keyof typeof SELECT_CHUNKS): Promise<Uint8Array[]> => {
    const { rows } = await pool.query<{ payload: Buffer }>(SELECT_CHUNKS[table], [row.id, first, last]);
    return rows.map(({ payload }) => payload);
  };
  const names = joinPageNames(await load("trace_page_names"));
  const chunks = names.length > 0 ? [] : await load("trace_pages");
  // Deleted since its row was read.
  if (names.length === 0 && chunks.length === 0) return refuseUnknownTrace(pool, trace);
  const start = first * PAGES_PER_CHUNK;
  const originals = joinOriginalPages(chunks, Math.min(row.page_count - start, chunks.length * PAGES_PER_CHUNK));
  return Array.from({ length: end - from }, (_, index) => {
    const page = from + index;
    const name = names.length > 0 ? names[page - start] : formatOriginalPage(originals, page - start);
    assert(name !== undefined, () => `trace ${trace} has no name for page ${page} of ${row.page_count}`);
    return { page, name: name.replaceAll(SPACE_SEPARATOR, "/") };
  });
}
