import { BallastError } from "../errors/index.ts";
import { type TraceFormat, TRACE_FORMATS } from "./trace-format.ts";

/** Why a trace cannot be read. Stable: scripts may match on it. */
export type TraceErrorReason =
  | "line-invalid"
  | "line-too-long"
  | "record-invalid"
  | "length-invalid"
  | "header-unclear"
  | "trace-empty"
  | "format-unknown"
  | "format-unsupported"
  | "reading-ambiguous"
  | "too-many-pages"
  | "file-missing"
  | "file-changed"
  | "too-large"
  | "compression-damaged"
  | "encoding-invalid"
  | "block-damaged";

/** Where in its source a trace is wrong: a line counted from 1, or a byte counted from 0 after decompression. */
export interface TraceErrorPlace {
  /** The file's name as the caller gave it. */
  readonly file: string;
  readonly format?: TraceFormat;
  readonly line?: number;
  /** Of a CSV, from 1. */
  readonly column?: number;
  readonly byteOffset?: number;
  /** Byte of the file as it is, compressed, counted from 0. */
  readonly fileByte?: number;
}

/** A trace that cannot be read: says where, what was found, and what to do about it. */
export class TraceError extends BallastError {
  readonly reason: TraceErrorReason;
  readonly file: string;
  readonly format: TraceFormat | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly byteOffset: number | undefined;
  readonly fileByte: number | undefined;
  readonly found: string;
  readonly advice: string;

  constructor(reason: TraceErrorReason, place: TraceErrorPlace, found: string, advice: string, options: { cause?: unknown } = {}) {
    super("TRACE_INVALID", `${describePlace(place)}: ${found}. ${advice}`, options);
    this.reason = reason;
    this.file = place.file;
    this.format = place.format;
    this.line = place.line;
    this.column = place.column;
    this.byteOffset = place.byteOffset;
    this.fileByte = place.fileByte;
    this.found = found;
    this.advice = advice;
  }
}

function describePlace(place: TraceErrorPlace): string {
  const format = place.format === undefined ? "" : ` (read as ${place.format}: ${TRACE_FORMATS[place.format].title})`;
  if (place.line !== undefined) {
    const column = place.column === undefined ? "" : `, column ${place.column}`;
    return `${place.file}:${place.line}${column}${format}`;
  }
  if (place.fileByte !== undefined) {
    return `${place.file}, byte ${place.fileByte} (after ${place.byteOffset} expanded bytes)`;
  }
  if (place.byteOffset !== undefined) return `${place.file}, byte ${place.byteOffset}${format}`;
  return `${place.file}${format}`;
}
