import type { TraceReadingOptions } from "@ballast/core/trace";
import type { Pool } from "../database/index.ts";
import type { TraceSource } from "./trace-source.ts";

export type ImportProgress = {
  /** Read of the source so far, compressed or not. */
  readonly bytes: number;
  readonly totalBytes: number | undefined;
  readonly referenceCount: number;
};

export type ImportTrace = TraceReadingOptions & {
  readonly pool: Pool;
  readonly source: TraceSource;
  /** Letters, digits, dots, dashes and underscores, 1 to 100; the file's name up to its first dot if not given. */
  readonly name?: string;
  /** What it is a recording of. */
  readonly description?: string;
  /** Most bytes that compressed data may expand to; any number if not given. */
  readonly maxExpandedBytes?: number;
  readonly onProgress?: (progress: ImportProgress) => void;
  readonly signal?: AbortSignal;
};
