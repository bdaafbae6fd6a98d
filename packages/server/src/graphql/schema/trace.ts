import { type TraceFormat, TRACE_FORMATS } from "@ballast/core/trace";
import { getTrace, listTraces, type StoredTrace } from "../../traces/index.ts";
import { builder } from "./builder.ts";
import { enumValues } from "./enum-values.ts";

export const TraceFormatEnum = builder.enumType("TraceFormat", {
  description: "A format that traces are read from.",
  values: enumValues(Object.entries(TRACE_FORMATS).map(([name, { title }]) => [name, name as TraceFormat, title])),
});

export const TraceRef = builder.objectRef<StoredTrace>("Trace").implement({
  description: "A recorded workload, kept as dense page numbers.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "Its name, unique." }),
    says: t.exposeString("says", { description: "What it is a recording of; may be empty." }),
    format: t.field({
      type: TraceFormatEnum,
      description: "The format it was imported from.",
      resolve: (trace) => trace.format,
    }),
    referenceCount: t.field({
      type: "BigInt",
      description: "References in all.",
      resolve: (trace) => trace.referenceCount,
    }),
    instructionCount: t.field({
      type: "BigInt",
      description: "Instruction fetches.",
      resolve: (trace) => trace.instructionCount,
    }),
    loadCount: t.field({ type: "BigInt", description: "Loads.", resolve: (trace) => trace.loadCount }),
    storeCount: t.field({ type: "BigInt", description: "Stores.", resolve: (trace) => trace.storeCount }),
    modifyCount: t.field({
      type: "BigInt",
      description: "Modifies: a load and a store in one instruction.",
      resolve: (trace) => trace.modifyCount,
    }),
    pageCount: t.field({
      type: "BigInt",
      description: "Different pages touched.",
      resolve: (trace) => trace.pageCount,
    }),
    storedBytes: t.field({
      type: "BigInt",
      description: "Bytes it takes in Postgres, compressed.",
      resolve: (trace) => trace.storedBytes,
    }),
    digest: t.exposeString("digest", {
      description: "SHA-256 in hex over its references and page numbers: equal for equal content.",
    }),
    importedAt: t.field({
      type: "DateTime",
      description: "When it was imported.",
      resolve: (trace) => trace.importedAt,
    }),
  }),
});

builder.queryField("trace", (t) =>
  t.field({
    type: TraceRef,
    nullable: true,
    description: "One trace; null, with the error TRACE_NOT_FOUND in `errors`, if there is none of that name.",
    args: { name: t.arg.string({ required: true, description: "Its name." }) },
    resolve: (_root, { name }, { services }) => getTrace(services.application.pool, name),
  }),
);

builder.queryField("traces", (t) =>
  t.field({
    type: [TraceRef],
    description: "The imported traces, by name.",
    resolve: (_root, _args, { services }) => listTraces(services.application.pool),
  }),
);
