/** Ends of what a chart shows of its x axis, in the axis's unit. */
export type ChartRange = readonly [from: number, to: number];

/** `100,250`; undefined: no range. */
export function parseRange(text: string | undefined): ChartRange | undefined {
  const [, from, to] = /^(\d{1,16}),(\d{1,16})$/.exec(text ?? "") ?? [];
  return from !== undefined && Number(from) < Number(to) ? [Number(from), Number(to)] : undefined;
}

/** Whole numbers: all axes that can be zoomed are in nanoseconds or frames. */
export function rangeText(range: ChartRange): string {
  return range.map(Math.round).join(",");
}
