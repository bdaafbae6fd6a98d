import { assert } from "@ballast/core/assert";
import { formatOriginalPage } from "@ballast/core/trace";
import type { Pool } from "../database/index.ts";
import { joinOriginalPages, PAGES_PER_CHUNK } from "./original-page-chunks.ts";
import { joinPageNames } from "./page-name-chunks.ts";
import { loadAllPieces } from "./load-pieces.ts";
import { findTraceRow } from "./stored-trace.ts";

export type TracePage = {
  /** Dense: the virtual page of a process that replays the trace. */
  readonly page: number;
  /** What the recording calls it: an object's id, else `0x` and the page number; behind its space and a slash. */
  readonly name: string;
};

export type TracePageRange = { readonly from: number; readonly limit: number };

/** Between the columns of a space's name (ASCII's unit separator), where it has several. */
const SPACE_SEPARATOR = "\u001F";

/** Pages of a trace with their names, at most `limit` of them. @throws BallastError TRACE_NOT_FOUND, HISTORY_DAMAGED. */
export async function listTracePages(pool: Pool, trace: string, { from, limit }: TracePageRange): Promise<TracePage[]> {
  const row = await findTraceRow(pool, trace);
  const end = Math.min(from + limit, row.page_count);
  if (from >= end) return [];
  const [first, last] = [Math.floor(from / PAGES_PER_CHUNK), Math.floor((end - 1) / PAGES_PER_CHUNK)];
  const load = (kind: "pages" | "names"): Promise<Uint8Array[]> => loadAllPieces(pool, row, kind, { first, last });
  const names = joinPageNames(await load("names"));
  const chunks = names.length > 0 ? [] : await load("pages");
  const start = first * PAGES_PER_CHUNK;
  const originals = joinOriginalPages(chunks, Math.min(row.page_count - start, chunks.length * PAGES_PER_CHUNK));
  return Array.from({ length: end - from }, (_, index) => {
    const page = from + index;
    const name = names.length > 0 ? names[page - start] : formatOriginalPage(originals, page - start);
    assert(name !== undefined, () => `trace ${trace} has no name for page ${page} of ${row.page_count}`);
    return { page, name: name.replaceAll(SPACE_SEPARATOR, "/") };
  });
}
