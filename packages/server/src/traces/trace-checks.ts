import { type Damage, HistoryDamagedError, StoredPart } from "../database/checksums/index.ts";
import type { TracesTable } from "../database/index.ts";

/** What is known of a trace; its name is part of it, so that one that was exchanged with another's is noticed. */
export const TRACE = new StoredPart("traces", {
  id: "int8",
  name: "text",
  description: "text",
  format: "text",
  digest: "text",
  reference_count: "int8",
  kind_counts: "int8[]",
  page_count: "int4",
  page_bytes: "int4",
  block_count: "int4",
  stored_bytes: "int8",
  name_chunk_count: "int4",
});

/** A kind of stored pieces of a trace: its table, and what one is called. */
export type PieceKind = { readonly check: StoredPart; readonly indexName: string; readonly part: string; readonly what: string };

const piece = (table: string, indexName: string, part: string, what: string): PieceKind => {
  return { check: new StoredPart(table, { trace_id: "int8", [indexName]: "int4", payload: "bytea" }), indexName, part, what };
};

export const PIECES = {
  blocks: piece("trace_blocks", "block_index", "trace block", "references"),
  pages: piece("trace_pages", "chunk_index", "trace page list", "pages"),
  names: piece("trace_page_names", "chunk_index", "trace page name list", "names of pages"),
} as const;

/** References, pages and names in each piece but the last. */
export const PIECE_LENGTH = 65_536;

export function traceDamage(trace: string, part: string, what: string): Damage {
  const remedy =
    `Import the same recording again under the same name (\`ballast import <file> --name ${trace}\`): it takes the place of what is damaged. ` +
    "Runs that replay it can be read all the same, and be verified and resumed after that.";
  return { owner: { trace }, part, what, remedy };
}

/** @throws HistoryDamagedError, always. */
export function refuseDamaged(trace: string, part: string, what: string): never {
  throw new HistoryDamagedError(traceDamage(trace, part, what), `Trace ${trace}`);
}

/** Which piece it is, with what of the trace it holds, both counted from 0: "3 (references 196608-262143)". */
export function describePiece({ what }: PieceKind, index: number, total: number): string {
  const first = index * PIECE_LENGTH;
  return `${index} (${what} ${first}-${Math.min(first + PIECE_LENGTH, total) - 1})`;
}

/** How many rows of a kind a trace has; undefined for names of a trace that a version before checksums imported. */
export function pieceCount(row: TracesTable, kind: keyof typeof PIECES): number | undefined {
  if (kind === "blocks") return row.block_count;
  return kind === "pages" ? Math.ceil(row.page_count / PIECE_LENGTH) : (row.name_chunk_count ?? undefined);
}
