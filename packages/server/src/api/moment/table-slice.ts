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
