import { BlockEncoder, type ReadableTrace } from "@ballast/core/trace";
import type { ImportTrace } from "./import-input.ts";
import { readTrace, type TraceReadingReport } from "./read-trace.ts";
import { shareBlocks } from "./share-blocks.ts";
import { nameOfFile, openSource } from "./trace-source.ts";

/** A trace that is read and not kept: its blocks are encoded, not compressed. */
export type TraceOfFile = TraceReadingReport & { readonly trace: ReadableTrace };

/** Reads a trace as `importTrace` does, without a database. @throws TraceError (TRACE_INVALID), the signal's reason. */
export async function readTraceFile(input: Omit<ImportTrace, "pool" | "description">): Promise<TraceOfFile> {
  const source = await openSource(input.source);
  const encoder = new BlockEncoder();
  const blocks: Uint8Array[] = [];
  const writer = {
    addReferences: (references: Uint32Array): void => void blocks.push(encoder.encode(references)),
    writeBlocks: async (): Promise<void> => undefined,
  };
  try {
    const { referenceCount, originalPages, reading, report } = await readTrace(source, input, writer);
    const name = input.name ?? nameOfFile(source.file);
    return { trace: { name, referenceCount, pageCount: originalPages.low.length, blocks: shareBlocks(blocks) }, reading, report };
  } catch (error) {
    input.signal?.throwIfAborted();
    throw error;
  } finally {
    source.close();
  }
}
