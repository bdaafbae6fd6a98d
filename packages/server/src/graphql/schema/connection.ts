import type { ImplementableObjectRef, ObjectRef } from "@pothos/core";
import type { Connection, Edge, PageInfo } from "../../api/paging/connection.ts";
import type { Slice } from "../../runs/index.ts";
import { type BallastTypes, builder } from "./builder.ts";

const PageInfoRef = builder.objectRef<PageInfo>("PageInfo").implement({
  description: "Whether and where a list continues.",
  fields: (t) => ({
    hasNextPage: t.exposeBoolean("hasNextPage", { description: "Whether there is more after this page." }),
    endCursor: t.exposeString("endCursor", {
      nullable: true,
      description: "Give it as `after` to get the next page; null if the page is empty.",
    }),
  }),
});

type ConnectionRef<List> = ImplementableObjectRef<BallastTypes, List, List>;

/** Defines `<Name>Connection` and `<Name>Edge` over a node type. */
export function connectionOf<Node, List extends Connection<Node> = Connection<Node>>(
  name: string,
  what: string,
  node: ObjectRef<BallastTypes, Node, Node>,
): ConnectionRef<List> {
  const edge = builder.objectRef<Edge<Node>>(`${name}Edge`);
  edge.implement({
    description: `One of ${what}, with its cursor.`,
    fields: (t) => ({
      cursor: t.string({ description: "Give it as `after` to continue after this one.", resolve: (at) => at.cursor }),
      node: t.field({ type: node, description: "The item.", resolve: (at) => at.node as never }),
    }),
  });
  const connection = builder.objectRef<List>(`${name}Connection`);
  connection.implement({
    description: `A page of ${what}.`,
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        extensions: { items: 1 },
        description: "The items with their cursors.",
        resolve: (page) => page.edges,
      }),
      nodes: t.field({
        type: [node],
        extensions: { items: 1 },
        description: "The items alone.",
        resolve: (page) => page.edges.map((at) => at.node) as never,
      }),
      pageInfo: t.field({
        type: PageInfoRef,
        description: "Whether and where the list continues.",
        resolve: (page) => page.pageInfo,
      }),
    }),
  });
  return connection;
}

/** A page of the run service as a connection. */
export function connectionOfSlice<Item>({ items, cursors, endCursor, hasMore }: Slice<Item>): Connection<Item> {
  const edges = items.map((node, index) => ({ node, cursor: cursors[index]! }));
  return { edges, pageInfo: { hasNextPage: hasMore, endCursor } };
}
