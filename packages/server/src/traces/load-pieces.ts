import { mayLackChecksum } from "../database/checksums/index.ts";
import type { Pool, PoolClient } from "../database/index.ts";
import type { TraceRow } from "./stored-trace.ts";
import { describePiece, PIECES, pieceCount, refuseDamaged } from "./trace-checks.ts";

/** Rows fetched at a time: bounds what the text protocol holds in memory besides the trace. */
const ROWS_AT_A_TIME = 256;

type PieceRow = { readonly index: number; readonly payload: Buffer; readonly checksum: Buffer | null };

/**
 * Pieces of a trace from one index on, up to another (all if not given), each checked before it is given.
 * @throws BallastError HISTORY_DAMAGED with the piece that is missing or does not match its checksum.
 */
export async function* loadPieces(
  pool: Pool | PoolClient,
  row: TraceRow,
  kind: keyof typeof PIECES,
  range: { readonly first: number; readonly last: number } = { first: 0, last: Number.MAX_SAFE_INTEGER },
): AsyncGenerator<Buffer> {
  const { check, indexName } = PIECES[kind];
  const total = pieceCount(row, kind);
  const end = Math.min(range.last + 1, total ?? Infinity);
  let next = range.first;
  while (next < end) {
    const { rows } = await pool.query<PieceRow>(
      `select ${indexName} as index, payload, checksum from ${check.table}
       where trace_id = $1 and ${indexName} between $2 and $3 order by ${indexName}`,
      [row.id, next, Math.min(next + ROWS_AT_A_TIME, end) - 1],
    );
    for (const found of rows) {
      await requirePiece(pool, row, kind, { found, index: next });
      yield found.payload;
      next++;
    }
    if (rows.length > 0) continue;
    if (total === undefined) return;
    return refusePiece(row, kind, next, "is missing");
  }
}

/** All of them. */
export async function loadAllPieces(...of: Parameters<typeof loadPieces>): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  for await (const piece of loadPieces(...of)) pieces.push(piece);
  return pieces;
}

type Met = { readonly found: PieceRow; readonly index: number };

async function requirePiece(pool: Pool | PoolClient, row: TraceRow, kind: keyof typeof PIECES, { found, index }: Met): Promise<void> {
  if (found.index !== index) refusePiece(row, kind, index, "is missing");
  const compared = PIECES[kind].check.compare([row.id, found.index, found.payload], found.checksum);
  if (compared === "equal") return;
  if (compared === "missing" && (await mayLackChecksum(pool as Pool, { kind: "trace", id: row.id }))) return;
  refusePiece(row, kind, index, "does not match its checksum");
}

function refusePiece(row: TraceRow, kind: keyof typeof PIECES, index: number, what: string): never {
  const total = kind === "blocks" ? row.reference_count : row.page_count;
  return refuseDamaged(row.name, PIECES[kind].part, `number ${describePiece(PIECES[kind], index, total)} ${what}`);
}
