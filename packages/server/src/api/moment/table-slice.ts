import type { Steps } from "../../history/index.ts";
import { type Connection, pageOf } from "../paging/connection.ts";
import { decodeCursor, encodeCursor } from "../paging/cursor.ts";
import { checkListLimit } from "../paging/list-limit.ts";

/** What a client asks of a table whose entries are numbered from 0. */
export type TableQuery = {
  readonly first: number;
  readonly after?: string | null | undefined;
  /** First entry, included. */
  readonly from?: number | null | undefined;
  /** One past the last entry. */
  readonly end?: number | null | undefined;
};

/** Entries that are looked at in one step. */
const STEP_ENTRIES = 65_536;

/** Entries of the pieces of a filtered table that are read one after the other: first few, then more. */
const FIRST_PIECE = 4_096;
const MAX_PIECE = 262_144;

/** How a table is read that is not at hand as a whole. */
type TableReader<Entries, Node> = {
  readonly read: (first: number, end: number) => Promise<Entries>;
  /** Which entries belong to the list; all if not given. */
  readonly keep?: ((entries: Entries, index: number) => boolean) | undefined;
  readonly nodeOf: (entries: Entries, index: number) => Node;
};

/** Like `pageOfTable`, of a table that is read piece by piece as far as the page needs it. */
export async function readPageOfTable<Entries, Node>(
  { list, length }: { readonly list: string; readonly length: number },
  query: TableQuery,
  { read, keep, nodeOf }: TableReader<Entries, Node>,
): Promise<Connection<Node>> {
  const first = checkListLimit(query.first);
  const after = query.after == null ? -1 : decodeCursor(list, query.after);
  const end = Math.min(length, query.end ?? length);
  const found: { readonly index: number; readonly node: Node }[] = [];
  let piece = keep === undefined ? first + 1 : FIRST_PIECE;
  for (let from = Math.max(after + 1, query.from ?? 0, 0); from < end && found.length <= first; piece = Math.min(piece * 4, MAX_PIECE)) {
    const pieceEnd = Math.min(from + piece, end);
    const entries = await read(from, pieceEnd);
    for (; from < pieceEnd && found.length <= first; from++) {
      if (keep?.(entries, from) ?? true) found.push({ index: from, node: nodeOf(entries, from) });
    }
  }
  const page = pageOf(found, first, ({ index }) => encodeCursor(list, index));
  return { ...page, edges: page.edges.map(({ cursor, node: { node } }) => ({ cursor, node })) };
}

/** A page of the entries of a table for which `keep` holds, each made into a node only if it is shown. */
export function* pageOfTable<Node>(
  { list, length }: { readonly list: string; readonly length: number },
  query: TableQuery,
  keep: (index: number) => boolean,
  nodeOf: (index: number) => Node,
): Steps<Connection<Node>> {
  const first = checkListLimit(query.first);
  const after = query.after == null ? -1 : decodeCursor(list, query.after);
  const end = Math.min(length, query.end ?? length);
  const found: number[] = [];
  for (let index = Math.max(after + 1, query.from ?? 0, 0); index < end && found.length <= first; index++) {
    if (index % STEP_ENTRIES === 0) yield;
    if (keep(index)) found.push(index);
  }
  const page = pageOf(found, first, (index) => encodeCursor(list, index));
  return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: nodeOf(node) })) };
}
