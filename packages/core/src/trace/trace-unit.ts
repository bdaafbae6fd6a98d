/** What the values of a trace are. */
export const TRACE_UNITS = {
  page: "a page number, or the number of an object that is taken for a page",
  address: "an address in bytes: its page is the address divided by 4,096",
  object: "any text that names an object, which is taken for a page; numbered in order of first appearance",
} as const;

export type TraceUnit = keyof typeof TRACE_UNITS;

export const TRACE_UNIT_NAMES = Object.keys(TRACE_UNITS) as readonly TraceUnit[];

/** A unit, or `undecided` if none was given: then a value that is unlikely as a page number is refused. */
export type TraceUnitOrUndecided = TraceUnit | "undecided";

export function isTraceUnit(value: string): value is TraceUnit {
  return Object.hasOwn(TRACE_UNITS, value);
}

/**
 * Values from here on are taken for the page numbers of a dense list only if somebody says so: 64 GiB of pages of 4,096
 * bytes lie below it, and the addresses and offsets in bytes that people write down lie above it, as a rule.
 */
export const MIN_DOUBTFUL_VALUE = 2 ** 24;

/** Values that are all multiples of this are offsets of sectors or pages in bytes rather than page numbers. */
export const SECTOR_BYTES = 512;
