export type PageInfo = { readonly hasNextPage: boolean; readonly endCursor: string | null };
export type Edge<Node> = { readonly cursor: string; readonly node: Node };
export type Connection<Node> = { readonly edges: readonly Edge<Node>[]; readonly pageInfo: PageInfo };

/** A page of what was found, when one more than the page's size was looked for. */
export function pageOf<Node>(found: readonly Node[], first: number, cursorOf: (node: Node) => string): Connection<Node> {
  const edges = found.slice(0, first).map((node) => ({ node, cursor: cursorOf(node) }));
  return { edges, pageInfo: { hasNextPage: found.length > first, endCursor: edges.at(-1)?.cursor ?? null } };
}
