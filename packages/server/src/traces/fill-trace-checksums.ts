import { setImmediate } from "node:timers/promises";
import { BallastError } from "@ballast/core/errors";
import { expandReferences } from "@ballast/core/trace";
import { forgetUnchecked, nextUnchecked } from "../database/checksums/index.ts";
import type { Pool } from "../database/index.ts";
import { query } from "../database/query.ts";
import { databaseError } from "../database/database-error.ts";
import { expandBlock } from "./compression.ts";
import { loadAllPieces } from "./load-pieces.ts";
import { loadRow, openTraceReader } from "./load-trace.ts";
import { type TraceRow, valuesOf } from "./stored-trace.ts";
import { PIECES, TRACE } from "./trace-checks.ts";
import { TraceDigest } from "./trace-digest.ts";

/** Like `fillNextTrace` until there is none left, or the signal aborts. */
export async function fillTraceChecksums(pool: Pool, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await fillNextTrace(pool)));
}

/**
 * Gives the rows of one of the traces that a version before checksums imported theirs, if nothing speaks against what is stored: every
 * piece has a checksum of zstd's in it, and all references and pages together the trace's digest. Else they keep none, and are
 * damaged from then on. False if there is none left.
 */
export async function fillNextTrace(pool: Pool): Promise<boolean> {
  const id = await nextUnchecked(pool, "trace");
  if (id === undefined) return false;
  const [row] = await query<TraceRow>(pool, "select * from traces where id = $1", [id]);
  try {
    if (row !== undefined && (await isWhole(pool, row))) await fillTrace(pool, row);
  } catch (error) {
    throw databaseError(error);
  }
  await forgetUnchecked(pool, { kind: "trace", id });
  return true;
}

async function isWhole(pool: Pool, row: TraceRow): Promise<boolean> {
  try {
    const trace = await loadRow(pool, row);
    const reader = openTraceReader(trace);
    const digest = new TraceDigest();
    for (let index = 0; index < reader.blockCount; index++) {
      // Others are served in between.
      await setImmediate();
      const { pages, kinds } = expandReferences(reader.block(index));
      digest.addReferences(Uint32Array.from(pages, (page, at) => page * 4 + kinds[at]!));
    }
    const names = await loadAllPieces(pool, row, "names");
    for (const piece of names) expandBlock(piece);
    // The bytes of names are not known any more where they were no UTF-8: their own checksums stand for them.
    return names.length > 0 || digest.finish(trace.originalPages) === row.digest;
  } catch (error) {
    // What a damaged piece does to zstd, or to those who read what it gives.
    if (error instanceof BallastError || (error instanceof Error && "code" in error && String(error.code).startsWith("ZSTD"))) return false;
    throw error;
  }
}

async function fillTrace(pool: Pool, row: TraceRow): Promise<void> {
  let nameChunks = 0;
  for (const kind of Object.keys(PIECES) as (keyof typeof PIECES)[]) {
    const { check, indexName } = PIECES[kind];
    const pieces = await loadAllPieces(pool, row, kind);
    if (kind === "names") nameChunks = pieces.length;
    for (const [index, payload] of pieces.entries()) {
      await pool.query(`update ${check.table} set checksum = $3 where trace_id = $1 and ${indexName} = $2 and checksum is null`, [
        row.id,
        index,
        check.checksum([row.id, index, payload]),
      ]);
    }
  }
  const checksum = TRACE.checksum(valuesOf({ ...row, name_chunk_count: nameChunks }));
  await pool.query("update traces set name_chunk_count = $2, checksum = $3 where id = $1", [row.id, nameChunks, checksum]);
}
