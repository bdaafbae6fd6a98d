/** How a metric went in one run: each value holds from its time until the next. Times in simulated ns, ascending. */
export type TimeSeries = { readonly times: readonly number[]; readonly values: readonly (number | null)[] };

export type JoinedSeries = {
  /** Every time at which one of the series changes. */
  readonly times: readonly number[];
  /** A value of each series at each of these times; null before its first and after its last. */
  readonly values: readonly (readonly (number | null)[])[];
};

const NUMBER_BYTES = 8;

/** `Series.packed`: all times, then all values, NaN for none. */
export function unpackSeries(packed: string): TimeSeries {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const numbers = Array.from({ length: bytes.byteLength / NUMBER_BYTES }, (_, place) => view.getFloat64(place * NUMBER_BYTES, true));
  const half = numbers.length / 2;
  return { times: numbers.slice(0, half), values: numbers.slice(half).map((value) => (Number.isNaN(value) ? null : value)) };
}

/** Series of several runs over one axis. */
export function joinSeries(all: readonly TimeSeries[]): JoinedSeries {
  const times = [...new Set(all.flatMap((series) => series.times))].sort((left, right) => left - right);
  return { times, values: all.map((series) => valuesAt(series, times)) };
}

function valuesAt({ times, values }: TimeSeries, asked: readonly number[]): (number | null)[] {
  const end = times.at(-1) ?? -1;
  let next = 0;
  return asked.map((time) => {
    while (next < times.length && (times[next] as number) <= time) next += 1;
    return next === 0 || time > end ? null : (values[next - 1] ?? null);
  });
}
