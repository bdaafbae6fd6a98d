import type { Span } from "./time-scale.ts";

/** A metric over simulated time: each value holds until the next time. */
export type Steps = { readonly timesNs: Float64Array; readonly values: Float64Array };

/** What `Series.packed` holds: Base64 of all times, then all values. */
export function unpackSeries(packed: string): Steps {
  const numbers = new Float64Array(Uint8Array.from(atob(packed), (character) => character.charCodeAt(0)).buffer);
  const half = numbers.length / 2;
  return { timesNs: numbers.subarray(0, half), values: numbers.subarray(half) };
}

/** The middle of every column of a span. */
export function columnTimes({ fromNs, toNs }: Span, columns: number): Float64Array {
  return Float64Array.from({ length: columns }, (_, column) => fromNs + ((column + 0.5) / columns) * (toNs - fromNs));
}

/** The value at the end of every column of a span; null before the first and after `knownToNs`. */
export function columnValues(steps: Steps, span: Span, columns: number, knownToNs = Infinity): (number | null)[] {
  const width = (span.toNs - span.fromNs) / columns;
  let step = -1;
  return Array.from({ length: columns }, (_, column) => {
    const start = span.fromNs + column * width;
    while (step + 1 < steps.timesNs.length && steps.timesNs[step + 1]! <= start + width) step++;
    const value = steps.values[step];
    return start > knownToNs || value === undefined || Number.isNaN(value) ? null : value;
  });
}

/** By how much a counter rose within every column; the whole gives the same sum as the counter's rise. */
export function columnRises(steps: Steps, span: Span, columns: number, knownToNs = Infinity): (number | null)[] {
  const ends = columnValues(steps, span, columns, knownToNs);
  let before = valueBefore(steps, span.fromNs);
  return ends.map((end) => {
    if (end === null) return null;
    const rise = end - before;
    before = end;
    return rise;
  });
}

function valueBefore({ timesNs, values }: Steps, timeNs: number): number {
  const at = timesNs.findLastIndex((each) => each <= timeNs);
  const value = values[at] ?? 0;
  return Number.isNaN(value) ? 0 : value;
}

/** A number at least as large, of one digit and noughts: the end of an axis. */
export function niceCeiling(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((each) => each * power).find((each) => each >= value) ?? value;
}

/** Times of an axis: multiples of 1, 2 or 5 of a power of ten, about `count` of them. */
export function axisTimes({ fromNs, toNs }: Span, count: number): number[] {
  const raw = Math.max(1, (toNs - fromNs) / count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= raw) ?? raw;
  const first = Math.ceil(fromNs / step);
  return Array.from({ length: Math.max(0, Math.floor(toNs / step) - first + 1) }, (_, index) => (first + index) * step);
}
