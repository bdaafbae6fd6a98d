import { type TraceFormat, TRACE_FORMATS } from "@ballast/core/trace";
import { BallastError } from "@ballast/core/errors";
import { getTrace, listTracePages, listTraces, type StoredTrace, type TracePage } from "../../traces/index.ts";
import { checkListLimit, DEFAULT_LIST_LIMIT, MAX_LIST_LIMIT } from "../../api/paging/list-limit.ts";
import { builder } from "./builder.ts";
import { enumValues } from "./enum-values.ts";
import { costsByPage } from "./table-args.ts";

export const TraceFormatEnum = builder.enumType("TraceFormat", {
  description: "A format that traces are read from.",
  values: enumValues(Object.entries(TRACE_FORMATS).map(([name, { title }]) => [name, name as TraceFormat, title])),
});

const TracePageRef = builder.objectRef<TracePage>("TracePage").implement({
  description: "A page of a trace.",
  fields: (t) => ({
    page: t.exposeInt("page", { description: "Its number, dense in the order of first touch: the virtual page of a process." }),
    name: t.exposeString("name", {
      description: "What the recording calls it: an object's id, else 0x and the page number; behind its space and a slash.",
    }),
  }),
});

export const TraceRef = builder.objectRef<StoredTrace>("Trace").implement({
  description: "A recorded workload, kept as dense page numbers.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "Its name, unique." }),
    description: t.exposeString("description", { description: "What it is a recording of; may be empty." }),
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
    pages: t.field({
      type: [TracePageRef],
      description: "Its pages by number, with their names in the recording.",
      args: {
        firstPage: t.arg.int({ required: true, defaultValue: 0, description: "The first page number, included." }),
        first: t.arg.int({
          required: true,
          defaultValue: DEFAULT_LIST_LIMIT,
          description: `Maximum number of pages, 1 to ${MAX_LIST_LIMIT} (included).`,
        }),
      },
      extensions: { ...costsByPage, cost: 20 },
      resolve: ({ name }, { firstPage, first }, { services }) => {
        checkListLimit(first);
        if (firstPage < 0) throw new BallastError("INPUT_INVALID", `\`firstPage\` is ${firstPage}: pages count from 0`);
        return listTracePages(services.application.pool, name, { from: firstPage, limit: first });
      },
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
