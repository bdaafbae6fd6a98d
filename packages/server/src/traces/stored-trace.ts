import { BallastError } from "@ballast/core/errors";
import { isTraceFormat, type TraceFormat } from "@ballast/core/trace/stored";
import { assert } from "@ballast/core/assert";
import { mayLackChecksum } from "../database/checksums/index.ts";
import type { Pool, PoolClient, TracesTable } from "../database/index.ts";
import { query } from "../database/query.ts";
import { refuseDamaged, TRACE } from "./trace-checks.ts";

/** What is known of a trace without reading its references. */
export type StoredTrace = {
  readonly name: string;
  /** What it is a recording of; may be empty. */
  readonly description: string;
  /** The format it was imported from. */
  readonly format: TraceFormat;
  readonly referenceCount: number;
  readonly instructionCount: number;
  readonly loadCount: number;
  readonly storeCount: number;
  readonly modifyCount: number;
  /** Different pages touched. */
  readonly pageCount: number;
  readonly pageBytes: number;
  /** What it takes in Postgres, compressed. */
  readonly storedBytes: number;
  /** SHA-256 in hex over references and original pages: equal for equal content. */
  readonly digest: string;
  readonly importedAt: Date;
};

export type TraceRow = TracesTable;

/** All traces, by name. @throws BallastError HISTORY_DAMAGED for the first row that is not what was stored. */
export async function listTraces(pool: Pool): Promise<StoredTrace[]> {
  const rows = await query<TraceRow>(pool, "select * from traces order by name");
  for (const row of rows) await requireTraceRow(pool, row);
  return rows.map(storedTrace);
}

/** @throws BallastError TRACE_NOT_FOUND, HISTORY_DAMAGED. */
export async function getTrace(pool: Pool, name: string): Promise<StoredTrace> {
  return storedTrace(await findTraceRow(pool, name));
}

/** @throws BallastError TRACE_NOT_FOUND, with the names that there are; HISTORY_DAMAGED for a row that is not what was stored. */
export async function findTraceRow(database: Pool | PoolClient, name: string): Promise<TraceRow> {
  const [row] = await query<TraceRow>(database, "select * from traces where name = $1", [name]);
  return await requireTraceRow(database, row ?? (await refuseUnknownTrace(database, name)));
}

/** The row, if it is what was stored. @throws BallastError HISTORY_DAMAGED. */
export async function requireTraceRow(database: Pool | PoolClient, row: TraceRow): Promise<TraceRow> {
  const compared = TRACE.compare(valuesOf(row), row.checksum);
  if (compared === "equal") return row;
  // A query is all that is asked of the pool.
  if (compared === "missing" && (await mayLackChecksum(database as Pool, { kind: "trace", id: row.id }))) return row;
  return refuseDamaged(row.name, "row of the table of traces", "does not match its checksum");
}

/** In the order of the checksum. */
export function valuesOf(row: Omit<TraceRow, "checksum" | "imported_at">): unknown[] {
  return TRACE.names.map((name) => row[name]);
}

export async function refuseUnknownTrace(database: Pool | PoolClient, name: string): Promise<never> {
  const rows = await query<{ name: string }>(database, "select name from traces order by name limit 20");
  const names = rows.map((row) => row.name).join(", ");
  const there = names === "" ? "There are none yet: import one (`ballast import`, importTrace)." : `There are: ${names}.`;
  throw new BallastError("TRACE_NOT_FOUND", `There is no trace named ${JSON.stringify(name)}. ${there}`);
}

export function storedTrace(row: TraceRow): StoredTrace {
  assert(isTraceFormat(row.format), () => `stored trace ${row.name} has the unknown format ${row.format}`);
  const [instructionCount = 0, loadCount = 0, storeCount = 0, modifyCount = 0] = row.kind_counts;
  return {
    name: row.name,
    description: row.description,
    format: row.format,
    referenceCount: row.reference_count,
    instructionCount,
    loadCount,
    storeCount,
    modifyCount,
    pageCount: row.page_count,
    pageBytes: row.page_bytes,
    storedBytes: row.stored_bytes,
    digest: row.digest,
    importedAt: row.imported_at,
  };
}
