import SchemaBuilder from "@pothos/core";
import ErrorsPlugin from "@pothos/plugin-errors";
import type { RequestContext } from "../../api/request-context.ts";

/** The one Pothos builder: every file below `schema` adds its types and fields to it. */
export const builder = new SchemaBuilder<{
  Context: RequestContext;
  DefaultFieldNullability: false;
  Scalars: {
    CsvColumn: { Input: number | string; Output: number | string };
    BigInt: { Input: number; Output: number };
    DateTime: { Input: Date; Output: Date };
    Json: { Input: unknown; Output: unknown };
  };
}>({
  plugins: [ErrorsPlugin],
  defaultFieldNullability: false,
  errors: { directResult: true, defaultTypes: [] },
});

export type BallastTypes = typeof builder.$inferSchemaTypes;

builder.queryType({ description: "Everything that can be read. Nothing here changes anything." });
builder.mutationType({
  description: "Everything that changes something. Each answers with its payload or with a Failure that has a code.",
});
builder.subscriptionType({
  description: "What can be followed live, over server-sent events or WebSocket (graphql-ws).",
});
