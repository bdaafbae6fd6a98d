import { BallastError } from "@ballast/core/errors";
import { type ImportedTrace, importTrace, type TraceSource } from "../../../traces/index.ts";
import { expectingFailures } from "../../errors/answerable.ts";
import { decodeBase64 } from "../../decode-base64.ts";
import { longText } from "../../limits/check-inputs.ts";
import { pathInFolder } from "../../path-in-folder.ts";
import { needs } from "../../engine/use-scopes.ts";
import { builder } from "../builder.ts";
import { TraceFormatEnum, TraceRef } from "../trace.ts";
import { CsvInput, readingOptions, TraceReadingRef, TraceUnitEnum } from "../trace-reading.ts";
import { orFailure } from "./failing.ts";

/** Expanded: a request of a few bytes must not expand to an unlimited amount of work. */
const MAX_SENT_BYTES = 2 ** 30;

const ContentInput = builder.inputType("TraceContentInput", {
  description: "Where the trace's bytes come from. They may be compressed with gzip, zstd, xz or bzip2.",
  isOneOf: true,
  fields: (t) => ({
    base64: t.string({
      extensions: longText,
      description: "The bytes themselves, as far as the limit of a request's body allows. Needs `name`.",
    }),
    path: t.string({
      description: "Path of a file below the server's trace folder; refused where none is configured.",
    }),
  }),
});

const ImportTraceInput = builder.inputType("ImportTraceInput", {
  description: "A recorded workload to import.",
  fields: (t) => ({
    content: t.field({ type: ContentInput, required: true, description: "The trace." }),
    name: t.string({
      description: "Letters, digits, dots, dashes and underscores, 1 to 100; the file's name up to its first dot if not given.",
    }),
    description: t.string({ description: "What it is a recording of." }),
    format: t.field({ type: TraceFormatEnum, description: "Found by the file's name or first bytes if not given." }),
    unit: t.field({
      type: TraceUnitEnum,
      description: "What the values are, in formats that leave it open; asked for where it matters.",
    }),
    csv: t.field({ type: CsvInput, description: "Columns of a CSV." }),
  }),
});

const PayloadRef = builder.objectRef<ImportedTrace>("ImportTracePayload").implement({
  description: "The trace as it is kept.",
  fields: (t) => ({
    trace: t.field({ type: TraceRef, description: "The trace.", resolve: ({ trace }) => trace }),
    imported: t.exposeBoolean("imported", {
      description: "False if a trace of that name and content was there already.",
    }),
    notes: t.stringList({
      description: "What was skipped without harm, and similar, as sentences.",
      resolve: ({ report }) => [...report.notes],
    }),
    reading: t.field({
      type: TraceReadingRef,
      description: "How it was read, and what of it was no reference.",
      resolve: (imported) => imported,
    }),
  }),
});

builder.mutationField("importTrace", (t) =>
  t.field({
    type: PayloadRef,
    errors: orFailure("ImportTrace"),
    ...needs("run"),
    description: "Imports a recorded workload, whole or not at all.",
    args: { input: t.arg({ type: ImportTraceInput, required: true, description: "The trace." }) },
    resolve: (_root, { input }, { services, signal }) =>
      expectingFailures(async () => {
        const { content, name, description } = input;
        return await importTrace({
          pool: services.application.pool,
          maxExpandedBytes: Math.min(services.application.configuration.traceBytes, content.path == null ? MAX_SENT_BYTES : Infinity),
          source: await sourceOf(content, name, services.traceFolder),
          signal,
          ...(name == null ? {} : { name }),
          ...(description == null ? {} : { description }),
          ...readingOptions(input),
        });
      }),
  }),
);

type Content = { readonly base64?: string | null; readonly path?: string | null };

async function sourceOf({ base64, path }: Content, name: string | null | undefined, folder: string | undefined): Promise<TraceSource> {
  if (path != null) return { file: path, path: await pathInFolder(folder, path) };
  if (name == null) throw new BallastError("INPUT_INVALID", "bytes have no name of their own: give `name`");
  return { file: name, bytes: oneChunk(decodeBase64(base64 ?? "")) };
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
