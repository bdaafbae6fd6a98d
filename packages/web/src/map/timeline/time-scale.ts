/** A span of simulated time, in ns. */
export type Span = { readonly fromNs: number; readonly toNs: number };

/** No two events are told apart below this. */
const MIN_SPAN_NS = 100;

/** Where a time is on a line of a width; beside it for times beside the span. */
export function xOf(timeNs: number, { fromNs, toNs }: Span, width: number): number {
  return ((timeNs - fromNs) / (toNs - fromNs)) * width;
}

export function timeAtX(x: number, { fromNs, toNs }: Span, width: number): number {
  return fromNs + (x / width) * (toNs - fromNs);
}

/** A span larger (factor above 1) or smaller about a time that stays where it is, within 0 to `endNs`. */
export function zoomed({ fromNs, toNs }: Span, aboutNs: number, factor: number, endNs: number): Span {
  const length = Math.min(endNs, Math.max(Math.min(MIN_SPAN_NS, endNs), (toNs - fromNs) * factor));
  const part = toNs === fromNs ? 0.5 : (aboutNs - fromNs) / (toNs - fromNs);
  return within({ fromNs: aboutNs - part * length, toNs: aboutNs + (1 - part) * length }, endNs);
}

/** The span of the same length that lies within 0 to `endNs`. */
export function within({ fromNs, toNs }: Span, endNs: number): Span {
  const length = Math.min(endNs, toNs - fromNs);
  const from = Math.max(0, Math.min(fromNs, endNs - length));
  return { fromNs: Math.round(from), toNs: Math.round(from + length) };
}

/** The span moved as little as needed for a time to be in it. */
export function reaching(span: Span, timeNs: number, endNs: number): Span {
  if (timeNs >= span.fromNs && timeNs <= span.toNs) return span;
  const half = (span.toNs - span.fromNs) / 2;
  return within({ fromNs: timeNs - half, toNs: timeNs + half }, endNs);
}

/** Simulated time as people write it: `1.25 s`, `300ms`, `12 us`; undefined: no time. In ns. */
export function parseTime(text: string): number | undefined {
  const [, number = "", unit = ""] = /^\s*(\d+(?:\.\d+)?)\s*(ns|us|µs|ms|s)\s*$/.exec(text) ?? [];
  const factor = UNITS_NS[unit];
  return factor === undefined ? undefined : Math.round(Number(number) * factor);
}

const UNITS_NS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9 };
