import { BallastError } from "@ballast/core/errors";
import { assert } from "@ballast/core/assert";
import { BlockReader, isTraceFormat, type Trace, type TraceReader } from "@ballast/core/trace";
import { PAGE_BYTES } from "@ballast/core/units";
import { type Pool, queries, readRows } from "../database/index.ts";
import { expandBlock } from "./compression.ts";
import { joinOriginalPages } from "./original-page-chunks.ts";
import { joinPageNames } from "./page-name-chunks.ts";
import { findTraceRow, refuseUnknownTrace, type TraceRow } from "./stored-trace.ts";

/** Rows fetched at a time: bounds what the text protocol holds in memory besides the trace. */
const ROWS_AT_A_TIME = 256;

const SELECT_BLOCKS = `
select payload from trace_blocks where trace_id = $1 and block_index >= $2
order by block_index limit ${ROWS_AT_A_TIME}`;
const SELECT_PAGES = `
select payload from trace_pages where trace_id = $1 and chunk_index >= $2
order by chunk_index limit ${ROWS_AT_A_TIME}`;

const SELECT_NAMES = `
select payload from trace_page_names where trace_id = $1 and chunk_index >= $2
order by chunk_index limit ${ROWS_AT_A_TIME}`;

/** Loads a trace whole, still compressed. @throws BallastError TRACE_NOT_FOUND. */
export async function loadTrace(pool: Pool, name: string): Promise<Trace> {
  return loadRow(pool, await findTraceRow(pool, name));
}

/** Loads the trace that a run replays, whatever its name is now. @throws BallastError TRACE_NOT_FOUND. */
export async function loadTraceByDigest(pool: Pool, digest: string): Promise<Trace> {
  const ofDigest = queries.selectFrom("traces").selectAll().where("digest", "=", digest);
  const [row] = await readRows(pool, ofDigest.orderBy("id").limit(1));
  if (row !== undefined) return loadRow(pool, row);
  const message = `There is no trace with the content ${digest}: it was deleted. Import the same recording again.`;
  throw new BallastError("TRACE_NOT_FOUND", message);
}

/**
 * The names of a trace's pages by dense number: undefined if it has none, because its original page numbers say all.
 * @throws BallastError TRACE_NOT_FOUND.
 */
export async function loadPageNames(pool: Pool, name: string): Promise<readonly string[] | undefined> {
  const { id } = await findTraceRow(pool, name);
  const chunks = await loadPayloads(pool, SELECT_NAMES, id);
  return chunks.length === 0 ? undefined : joinPageNames(chunks);
}

/** Reads the references of a loaded trace. Readers of one trace share its memory. */
export function openTraceReader(trace: Trace): TraceReader {
  return new BlockReader(trace, expandBlock);
}

async function loadRow(pool: Pool, row: TraceRow): Promise<Trace> {
  assert(isTraceFormat(row.format), () => `stored trace ${row.name} has the unknown format ${row.format}`);
  const blocks = await loadPayloads(pool, SELECT_BLOCKS, row.id);
  const chunks = await loadPayloads(pool, SELECT_PAGES, row.id);
  // Deleted since its row was read.
  if (blocks.length !== row.block_count) return refuseUnknownTrace(pool, row.name);
  return {
    name: row.name,
    format: row.format,
    referenceCount: row.reference_count,
    pageCount: row.page_count,
    pageBytes: PAGE_BYTES,
    originalPages: joinOriginalPages(chunks, row.page_count),
    digest: row.digest,
    blocks: share(blocks),
  };
}

async function loadPayloads(pool: Pool, statement: string, traceId: number): Promise<Uint8Array[]> {
  const payloads: Uint8Array[] = [];
  for (;;) {
    const { rows } = await pool.query<{ payload: Buffer }>(statement, [traceId, payloads.length]);
    payloads.push(...rows.map((row) => row.payload));
    if (rows.length < ROWS_AT_A_TIME) return payloads;
  }
}

/** Moves blocks into one shared buffer, so that a trace handed to worker threads is not copied for each. */
function share(blocks: readonly Uint8Array[]): Uint8Array[] {
  const length = blocks.reduce((sum, block) => sum + block.length, 0);
  const shared = new SharedArrayBuffer(length);
  let offset = 0;
  return blocks.map((block) => {
    const view = new Uint8Array(shared, offset, block.length);
    view.set(block);
    offset += block.length;
    return view;
  });
}
