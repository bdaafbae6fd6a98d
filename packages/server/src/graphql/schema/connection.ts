import type { ImplementableObjectRef, ObjectRef } from "@pothos/core";
import type { Connection, Edge, PageInfo } from "../../api/paging/connection.ts";
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

type ConnectionRef<Node> = ImplementableObjectRef<BallastTypes, Connection<Node>, Connection<Node>>;

/** Defines `<Name>Connection` and `<Name>Edge` over a node type. */
export function connectionOf<Node>(name: string, what: string, node: ObjectRef<BallastTypes, Node, Node>): ConnectionRef<Node> {
  const edge = builder.objectRef<Edge<Node>>(`${name}Edge`);
  edge.implement({
    description: `One of ${what}, with its cursor.`,
    fields: (t) => ({
      cursor: t.string({ description: "Give it as `after` to continue after this one.", resolve: (at) => at.cursor }),
      node: t.field({ type: node, description: "The item.", resolve: (at) => at.node as never }),
    }),
  });
  const connection = builder.objectRef<Connection<Node>>(`${name}Connection`);
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
