import { BallastError } from "@ballast/core/errors";
import { assert } from "@ballast/core/assert";
import { BlockReader, isTraceFormat, type Trace, type TraceReader } from "@ballast/core/trace/stored";
import { PAGE_BYTES } from "@ballast/core/units";
import type { Pool } from "../database/index.ts";
import { query } from "../database/query.ts";
import { expandBlock } from "./compression.ts";
import { joinOriginalPages } from "./original-page-chunks.ts";
import { joinPageNames } from "./page-name-chunks.ts";
import { loadAllPieces } from "./load-pieces.ts";
import { findTraceRow, refuseUnknownTrace, requireTraceRow, type TraceRow } from "./stored-trace.ts";
import { shareBlocks } from "./share-blocks.ts";

/** Loads a trace whole, still compressed. @throws BallastError TRACE_NOT_FOUND; HISTORY_DAMAGED with the part of it. */
export async function loadTrace(pool: Pool, name: string): Promise<Trace> {
  return loadRow(pool, await findTraceRow(pool, name));
}

/** Loads the trace that a run replays, whatever its name is now. @throws BallastError TRACE_NOT_FOUND, HISTORY_DAMAGED. */
export async function loadTraceByDigest(pool: Pool, digest: string): Promise<Trace> {
  const [row] = await query<TraceRow>(pool, "select * from traces where digest = $1 order by id limit 1", [digest]);
  if (row !== undefined) return loadRow(pool, await requireTraceRow(pool, row));
  const message = `There is no trace with the content ${digest}: it was deleted. Import the same recording again.`;
  throw new BallastError("TRACE_NOT_FOUND", message);
}

/**
 * The names of a trace's pages by dense number: undefined if it has none, because its original page numbers say all.
 * @throws BallastError TRACE_NOT_FOUND.
 */
export async function loadPageNames(pool: Pool, name: string): Promise<readonly string[] | undefined> {
  const chunks = await loadAllPieces(pool, await findTraceRow(pool, name), "names");
  return chunks.length === 0 ? undefined : joinPageNames(chunks);
}

/** Reads the references of a loaded trace. Readers of one trace share its memory. */
export function openTraceReader(trace: Trace): TraceReader {
  return new BlockReader(trace, expandBlock);
}

/** A trace by its row. @throws BallastError TRACE_NOT_FOUND if it was deleted since, HISTORY_DAMAGED. */
export async function loadRow(pool: Pool, row: TraceRow): Promise<Trace> {
  assert(isTraceFormat(row.format), () => `stored trace ${row.name} has the unknown format ${row.format}`);
  const { blocks, chunks } = await loadContent(pool, row);
  return {
    name: row.name,
    format: row.format,
    referenceCount: row.reference_count,
    pageCount: row.page_count,
    pageBytes: PAGE_BYTES,
    originalPages: joinOriginalPages(chunks, row.page_count),
    digest: row.digest,
    blocks: shareBlocks(blocks),
  };
}

/** A trace that was deleted since its row was read has lost all of it, and is not damaged. */
async function loadContent(pool: Pool, row: TraceRow): Promise<{ blocks: Uint8Array[]; chunks: Uint8Array[] }> {
  try {
    return { blocks: await loadAllPieces(pool, row, "blocks"), chunks: await loadAllPieces(pool, row, "pages") };
  } catch (error) {
    const { rowCount } = await pool.query("select 1 from traces where id = $1", [row.id]);
    if (rowCount === 0) return refuseUnknownTrace(pool, row.name);
    throw error;
  }
}
