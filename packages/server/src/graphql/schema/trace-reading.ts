import {
  type CsvOptions,
  SKIPPED_LINES,
  type SkippedLine,
  TRACE_UNITS,
  type TraceReadingOptions,
  type TraceUnit,
} from "@ballast/core/trace";
import type { ImportedTrace } from "../../traces/index.ts";
import { builder } from "./builder.ts";
import { enumValues } from "./enum-values.ts";
import { TraceFormatEnum } from "./trace.ts";

export const TraceUnitEnum = builder.enumType("TraceUnit", {
  description: "What the values of a trace are.",
  values: enumValues(Object.entries(TRACE_UNITS).map(([name, text]) => [name, name as TraceUnit, text])),
});

const HeaderEnum = builder.enumType("CsvHeader", {
  description: "Whether the first line of a CSV holds names.",
  values: enumValues([
    ["auto", "auto", "Found out; refused where that is not sure."],
    ["present", "present", "It holds names."],
    ["absent", "absent", "It holds data."],
  ] as const),
});

const NumbersEnum = builder.enumType("CsvNumbers", {
  description: "How numbers without 0x in the page column are written.",
  values: enumValues([
    ["decimal", "decimal", "With base 10."],
    ["hexadecimal", "hexadecimal", "With base 16."],
  ] as const),
});

const QuotesEnum = builder.enumType("CsvQuotes", {
  description: "What double quotes are.",
  values: enumValues([
    ["double", "double", "They enclose fields, as in RFC 4180."],
    ["none", "none", "Characters like any other."],
  ] as const),
});

export const CsvInput = builder.inputType("CsvInput", {
  description: "How the columns of a CSV are to be read.",
  fields: (t) =>
    ({
      pageColumn: t.field({ type: "CsvColumn", description: "Tells which page, address or object; 2 if not given." }),
      spaceColumn: t.field({
        type: ["CsvColumn"],
        description: "Tell where the page lies, as a disk or a process: equal pages elsewhere are others.",
      }),
      sizeColumn: t.field({ type: "CsvColumn", description: "For addresses: how many bytes are accessed." }),
      kindColumn: t.field({
        type: "CsvColumn",
        description: "Tells the kind by a letter or a word such as read or set; loads if not given.",
      }),
      delimiter: t.string({
        description: "Between columns; the only one of comma, semicolon, tab, blank in the first line if not given.",
      }),
      header: t.field({ type: HeaderEnum, description: "AUTO if not given." }),
      numbers: t.field({ type: NumbersEnum, description: "DECIMAL if not given." }),
      quotes: t.field({ type: QuotesEnum, description: "DOUBLE if not given." }),
    }) satisfies Record<keyof CsvOptions, unknown>,
});

type GivenReading = {
  readonly format?: TraceReadingOptions["format"] | null | undefined;
  readonly unit?: TraceUnit | null | undefined;
  readonly csv?: { readonly [Key in keyof CsvOptions]?: CsvOptions[Key] | null | undefined } | null | undefined;
};

/** What was given, without what is null. */
export function readingOptions({ format, unit, csv }: GivenReading): TraceReadingOptions {
  return {
    ...(format == null ? {} : { format }),
    ...(unit == null ? {} : { unit }),
    ...(csv == null ? {} : { csv: Object.fromEntries(Object.entries(csv).filter(([, value]) => value != null)) }),
  };
}

type Skipped = { readonly what: SkippedLine; readonly count: number };

const SkippedLineEnum = builder.enumType("SkippedLine", {
  description: "Lines and records that are no references.",
  values: enumValues(Object.entries(SKIPPED_LINES).map(([name, text]) => [name, name as SkippedLine, text])),
});

const SkippedRef = builder.objectRef<Skipped>("SkippedLines").implement({
  description: "How many lines or records of a trace were no references.",
  fields: (t) => ({
    what: t.field({ type: SkippedLineEnum, description: "What they are.", resolve: ({ what }) => what }),
    count: t.field({ type: "BigInt", description: "How many.", resolve: ({ count }) => count }),
  }),
});

export const TraceReadingRef = builder.objectRef<Pick<ImportedTrace, "reading" | "report">>("TraceReading").implement({
  description: "How a trace was read, and what of it was no reference.",
  fields: (t) => ({
    format: t.field({ type: TraceFormatEnum, description: "Its format.", resolve: ({ reading }) => reading.format }),
    unit: t.field({ type: TraceUnitEnum, description: "What its values are.", resolve: ({ reading }) => reading.unit }),
    header: t.stringList({
      nullable: true,
      description: "The names in a first line that was taken for names; null if it was taken for data.",
      resolve: ({ report }) => (report.header === undefined ? null : [...report.header]),
    }),
    delimiter: t.string({
      nullable: true,
      description: "Between the columns of a CSV.",
      resolve: ({ report }) => report.delimiter,
    }),
    skipped: t.field({
      type: [SkippedRef],
      description: "Lines or records that are no references, by what they are.",
      resolve: ({ report }) =>
        Object.entries(report.skipped).flatMap(([what, count]) => (count > 0 ? [{ what: what as SkippedLine, count }] : [])),
    }),
    zeroSizeRequests: t.field({
      type: "BigInt",
      description: "Requests of size 0, each of which counts as one page.",
      resolve: ({ report }) => report.zeroSizeRequests,
    }),
  }),
});
