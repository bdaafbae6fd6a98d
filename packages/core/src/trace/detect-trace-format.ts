import { ORACLE_RECORD_BYTES } from "./oracle-general-parser.ts";
import { quoteBytes } from "./quote-bytes.ts";
import { TRACE_FORMAT_NAMES, TRACE_FORMATS, type TraceFormat } from "./trace-format.ts";
import { TraceError } from "./trace-error.ts";

/** As many bytes as `detectTraceFormat` looks at; fewer only if the trace is shorter. */
export const DETECTION_BYTES = 4096;

const LACKEY_LINE = /^(?:==\d+==.*|(?:I {2}| [LSM] )[0-9a-f]+,\d+)$/i;
const PAGE_NUMBER_LINE = /^[ \t]*(?:[a-z][ \t]+)?(?:0x[0-9a-f]+|\d+)[ \t]*$/i;
const CSV_LINE = /^[^,;\t]+[,;\t].*\d/;
const SHOWN_BYTES = 40;
const LINES_LOOKED_AT = 20;
/** What libCacheSim writes for an object that is not asked for again: -1, or INT64_MAX in some traces. */
const NEVER_AGAIN = -1n;
const NEVER_AGAIN_OTHERWISE = 2n ** 63n - 1n;
/** More than any trace has; numbers above it tell a binary file of another kind. */
const MOST_REQUESTS = 2n ** 40n;

/**
 * Finds the format of a trace: by its file name (without .gz, .zst, .xz or .bz2) if that ends as one of the formats' do, else by
 * its first bytes after decompression. Throws a `TraceError` if neither tells.
 */
export function detectTraceFormat(file: string, firstBytes: Uint8Array): TraceFormat {
  if (firstBytes.length === 0) {
    throw new TraceError("trace-empty", { file }, "it has no bytes", "A trace has at least one reference.");
  }
  const format = formatOfName(file) ?? formatOfBytes(firstBytes);
  if (format !== undefined) return format;
  const start = quoteBytes(firstBytes.subarray(0, SHOWN_BYTES));
  const found = `neither its name nor its first bytes (${start}) tell the format`;
  throw new TraceError("format-unknown", { file }, found, `Name the format: ${TRACE_FORMAT_NAMES.join(", ")}.`);
}

function formatOfName(file: string): TraceFormat | undefined {
  const name = file.toLowerCase().replace(/\.(?:gz|zst|zstd|xz|bz2)$/, "");
  return TRACE_FORMAT_NAMES.find((format) => TRACE_FORMATS[format].extensions.some((end) => name.endsWith(end)));
}

function formatOfBytes(bytes: Uint8Array): TraceFormat | undefined {
  const looked = bytes.subarray(0, DETECTION_BYTES);
  if (!isText(looked)) return isOracleGeneral(looked) ? "oracle-general" : undefined;
  const lines = firstLines(looked);
  if (lines.some((line) => LACKEY_LINE.test(line))) return "lackey";
  const data = lines.filter((line) => !line.startsWith("#") && line.trim() !== "");
  if (data.length === 0) return undefined;
  if (data.every((line) => PAGE_NUMBER_LINE.test(line))) return "page-numbers";
  // The first line may hold names.
  const rows = data.length > 1 ? data.slice(1) : data;
  return rows.every((line) => CSV_LINE.test(line)) ? "csv" : undefined;
}

function isText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}

/** The first lines, without one that is cut off by the end of the bytes unless it is the only one. */
function firstLines(bytes: Uint8Array): string[] {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  const lines = text.split("\n").map((line) => line.replace(/\r$/, ""));
  if (lines.length > 1) lines.pop();
  return lines.slice(0, LINES_LOOKED_AT);
}

/** Times do not go back, and the next access lies ahead (its request's number, counted from 1) or never comes. */
function isOracleGeneral(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let previousTime = 0;
  for (let at = 0; at + ORACLE_RECORD_BYTES <= bytes.length; at += ORACLE_RECORD_BYTES) {
    const time = view.getUint32(at, true);
    const next = view.getBigInt64(at + 16, true);
    const ahead = next > BigInt(at / ORACLE_RECORD_BYTES) && next < MOST_REQUESTS;
    if (time < previousTime || !(ahead || next === NEVER_AGAIN || next === NEVER_AGAIN_OTHERWISE)) return false;
    previousTime = time;
  }
  return bytes.length >= ORACLE_RECORD_BYTES;
}
