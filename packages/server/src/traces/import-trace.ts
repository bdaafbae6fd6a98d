import { BallastError } from "@ballast/core/errors";
import { isTraceFormat, isTraceUnit, TRACE_FORMAT_NAMES, TRACE_UNIT_NAMES } from "@ballast/core/trace";
import { inTransaction } from "../database/index.ts";
import type { ImportTrace } from "./import-input.ts";
import { readTrace, type TraceReadingReport } from "./read-trace.ts";
import { storedTrace, type StoredTrace } from "./stored-trace.ts";
import { nameOfFile, openSource } from "./trace-source.ts";
import { TraceWriter } from "./trace-writer.ts";

export type ImportedTrace = TraceReadingReport & {
  readonly trace: StoredTrace;
  /** False if a trace of that name and content was there already. */
  readonly imported: boolean;
};

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/**
 * Reads a trace as a stream, in bounded memory but for a table of its different pages, and stores it whole or not at
 * all. Bytes may be compressed with gzip, zstd, xz or bzip2.
 * @throws TraceError (TRACE_INVALID) with file and line or byte; BallastError TRACE_EXISTS if a trace of that name has
 * other content; INPUT_INVALID for a name or an option that cannot be used; the signal's reason when it aborts.
 */
export async function importTrace(input: ImportTrace): Promise<ImportedTrace> {
  const name = input.name ?? nameOfFile(typeof input.source === "string" ? input.source : input.source.file);
  requireName(name);
  requireKnown("trace format", input.format, isTraceFormat, TRACE_FORMAT_NAMES);
  requireKnown("unit", input.unit, isTraceUnit, TRACE_UNIT_NAMES);
  const source = await openSource(input.source);
  try {
    return await inTransaction(input.pool, async (client) => {
      const writer = await TraceWriter.begin(client, { name, description: input.description ?? "" });
      const trace = await readTrace(source, input, writer);
      const { row, written } = await writer.finish(trace);
      return { trace: storedTrace(row), imported: written, reading: trace.reading, report: trace.report };
    });
  } catch (error) {
    input.signal?.throwIfAborted();
    throw error;
  } finally {
    source.close();
  }
}

function requireName(name: string): void {
  if (NAME.test(name)) return;
  throw new BallastError(
    "INPUT_INVALID",
    `${JSON.stringify(name)} cannot be a trace's name: it must be 1 to 100 letters, digits, dots, dashes and ` +
      "underscores, and begin with a letter or digit.",
  );
}

function requireKnown(what: string, value: string | undefined, isKnown: (value: string) => boolean, names: readonly string[]): void {
  if (value === undefined || isKnown(value)) return;
  throw new BallastError("INPUT_INVALID", `There is no ${what} ${JSON.stringify(value)}. There are: ${names.join(", ")}.`);
}
