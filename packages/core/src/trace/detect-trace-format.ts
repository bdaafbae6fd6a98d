import type { Recognition, Sample } from "./format-reading.ts";
import { FORMAT_READINGS } from "./format-readings.ts";
import { findUnsupported } from "./unsupported-formats.ts";
import { quoteBytes } from "./text/quote-bytes.ts";
import { AmbiguousReadingError, type ReadingChoice } from "./trace-reading.ts";
import { TRACE_FORMAT_NAMES, TRACE_FORMATS, type TraceFormat } from "./trace-format.ts";
import { TraceError } from "./trace-error.ts";

/** As many bytes as `detectTraceFormat` looks at; fewer only if the trace is shorter. */
export const DETECTION_BYTES = 65_536;

const SHOWN_BYTES = 40;
const LINES_LOOKED_AT = 1000;

/** The format that the end of a file's name (without .gz, .zst, .xz or .bz2) stands for, if it does. */
export function formatOfName(file: string): TraceFormat | undefined {
  const name = file.toLowerCase().replace(/\.(?:gz|zst|zstd|xz|bz2)$/, "");
  return TRACE_FORMAT_NAMES.find((format) => TRACE_FORMATS[format].extensions.some((end) => name.endsWith(end)));
}

/**
 * Finds the format of a trace: by its file name if that ends as one of the formats' do, else by its first bytes after
 * decompression. Throws a `TraceError` if neither tells, and an `AmbiguousReadingError` if several formats can read them.
 */
export function detectTraceFormat(file: string, firstBytes: Uint8Array): TraceFormat {
  if (firstBytes.length === 0) {
    throw new TraceError("trace-empty", { file }, "it has no bytes", "A trace has at least one reference.");
  }
  return formatOfName(file) ?? formatOfBytes(file, firstBytes);
}

function formatOfBytes(file: string, firstBytes: Uint8Array): TraceFormat {
  const sample = sampleOf(firstBytes.subarray(0, DETECTION_BYTES));
  const found = Map.groupBy(TRACE_FORMAT_NAMES, (format): Recognition => FORMAT_READINGS[format].recognise(sample));
  const [sure, ...others] = found.get("sure") ?? [];
  if (sure !== undefined && others.length === 0) return sure;
  if (sure === undefined) refuseUnsupported(file, sample);
  const possible = sure === undefined ? (found.get("possible") ?? []) : [sure, ...others];
  const [only, ...more] = possible;
  if (only === undefined) return refuseUnknown(file, sample);
  if (more.length === 0) return only;
  const start = quoteBytes(firstBytes.subarray(0, SHOWN_BYTES));
  throw new AmbiguousReadingError({ file }, `several formats can read its first bytes (${start})`, possible.map(choiceOf));
}

/** The reading that a format gives to a file of which nothing else is known. */
function choiceOf(format: TraceFormat): ReadingChoice {
  if (format === "csv") return { format, unit: "page", csv: { delimiter: " " } };
  return { format, unit: format === "page-numbers" ? "page" : "address" };
}

function refuseUnsupported(file: string, { bytes }: Sample): void {
  const unsupported = findUnsupported(bytes);
  if (unsupported === undefined) return;
  throw new TraceError("format-unsupported", { file }, `this looks like ${unsupported.what}`, unsupported.advice);
}

function refuseUnknown(file: string, { bytes }: Sample): never {
  const start = quoteBytes(bytes.subarray(0, SHOWN_BYTES));
  const found = `neither its name nor its first bytes (${start}) tell the format`;
  const advice = `Name the format: ${TRACE_FORMAT_NAMES.join(", ")}. If every line is the id of an object, whatever its text, that is object-ids.`;
  throw new TraceError("format-unknown", { file }, found, advice);
}

function sampleOf(bytes: Uint8Array): Sample {
  const isText = bytes.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
  const lines = isText ? firstLines(bytes) : [];
  return { bytes, isText, lines, data: lines.filter((line) => !line.startsWith("#") && line.trim() !== "") };
}

/** The first lines, without one that is cut off by the end of the bytes unless it is the only one. */
function firstLines(bytes: Uint8Array): string[] {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 4096) parts.push(String.fromCharCode(...bytes.subarray(at, at + 4096)));
  const lines = parts
    .join("")
    .split("\n")
    .map((line) => line.replace(/\r$/, ""));
  if (lines.length > 1) lines.pop();
  return lines.slice(0, LINES_LOOKED_AT);
}
