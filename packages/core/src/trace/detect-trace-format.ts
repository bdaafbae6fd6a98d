import { beginsAsLcs } from "./formats/lcs-header.ts";
import { isOracleGeneral } from "./formats/oracle-general-parser.ts";
import { findUnsupported } from "./unsupported-formats.ts";
import { quoteBytes } from "./text/quote-bytes.ts";
import { AmbiguousReadingError, type ReadingChoice } from "./trace-reading.ts";
import { TRACE_FORMAT_NAMES, TRACE_FORMATS, type TraceFormat } from "./trace-format.ts";
import { TraceError } from "./trace-error.ts";

/** As many bytes as `detectTraceFormat` looks at; fewer only if the trace is shorter. */
export const DETECTION_BYTES = 65_536;

const SHOWN_BYTES = 40;
const LINES_LOOKED_AT = 1000;

/** What the first bytes of a trace are, as far as text: its first lines, and those of them that may be data. */
interface Sample {
  readonly bytes: Uint8Array;
  readonly isText: boolean;
  readonly lines: readonly string[];
  readonly data: readonly string[];
}

/** Whether first bytes are of a format: for sure, or it could read them as others could. */
type Recognition = "sure" | "possible" | "no";

/** With blanks lost or added, too: the parser refuses such a line, which a CSV would read as a page of so many bytes. */
const LACKEY_LINE = /^(?:==\d+==.*|\s*[ILSM]\s+[0-9a-f]+,\d+\s*)$/i;
const DRMEMTRACE_LINE = /^(?:<--record#-> .*|\s*\d+\s+\d+:\s+\S+\s+(?:<marker: .*|\S+\s+\d+ byte\(s\) @ 0x[0-9a-f]+.*))$/i;
const PINATRACE_LINE = /^(?:0x[0-9a-f]+|\(nil\)): [RW] +(?:0x[0-9a-f]+|\(nil\))(?:\s.*)?$/i;
const DINERO_LINE = /^ *[0-4] +(?:0x)?[0-9a-f]+(?: .*)?$/i;
const HEX_LINE = /^\s*(?:[ilrgswpm][ \t]+)?(?:0x)?[0-9a-f]{1,16}(?:[ \t]+[ilrgswpm])?\s*$/i;
const NUMBER_LINE = /^\s*(?:[ilrgswpm][ \t]*)?(?:0x[0-9a-f]+|\d+)(?:[ \t]+[ilrgswpm])?\s*$/i;
const CSV_LINE = /^[^,;\t]*[,;\t].*\d/;
/** A number of decimal digits that is filled up with zeros, as hexadecimal addresses are. */
const PADDED_NUMBER = /(?:^|\s)0\d{3,}(?:\s|$)/;
const HEX_LETTERS = /(?:^|\s)(?:0x)?\d*[a-f][0-9a-f]*(?:\s|$)/i;

const RECOGNISERS = {
  lackey: ({ lines }) => (lines.some((line) => LACKEY_LINE.test(line)) ? "sure" : "no"),
  drmemtrace: ({ lines }) => (lines.some((line) => DRMEMTRACE_LINE.test(line)) ? "sure" : "no"),
  pinatrace: ({ data }) => (all(data, PINATRACE_LINE) ? "sure" : "no"),
  dinero: ({ data }) => {
    if (!all(data, DINERO_LINE)) return "no";
    return data.some((line) => HEX_LETTERS.test(line.trim().slice(1))) ? "sure" : "possible";
  },
  addresses: ({ data }) => {
    if (!all(data, HEX_LINE) || data.some((line) => /0x/i.test(line))) return "no";
    if (data.some((line) => HEX_LETTERS.test(line))) return "sure";
    return data.some((line) => PADDED_NUMBER.test(line)) ? "possible" : "no";
  },
  "page-numbers": ({ data }) => (all(data, NUMBER_LINE) ? "possible" : "no"),
  "object-ids": () => "no",
  // The first line may hold names. Columns between blanks are looked at only where another format reads them, too.
  csv: ({ data }) => {
    const rows = data.length > 1 ? data.slice(1) : data;
    return all(rows, CSV_LINE) || all(data, DINERO_LINE) ? "possible" : "no";
  },
  "oracle-general": ({ bytes, isText }) => (!isText && isOracleGeneral(bytes) ? "sure" : "no"),
  lcs: ({ bytes }) => (beginsAsLcs(bytes) ? "sure" : "no"),
} as const satisfies Record<TraceFormat, (sample: Sample) => Recognition>;

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
  const found = Map.groupBy(TRACE_FORMAT_NAMES, (format): Recognition => RECOGNISERS[format](sample));
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
  const advice =
    `Name the format: ${TRACE_FORMAT_NAMES.join(", ")}. ` +
    "If every line is the id of an object, whatever its text, that is object-ids.";
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
  const lines = parts.join("").split("\n").map((line) => line.replace(/\r$/, ""));
  if (lines.length > 1) lines.pop();
  return lines.slice(0, LINES_LOOKED_AT);
}

function all(lines: readonly string[], pattern: RegExp): boolean {
  return lines.length > 0 && lines.every((line) => pattern.test(line));
}
