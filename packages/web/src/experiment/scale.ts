/** Ends of an axis, and where its ticks are. */
export type Scale = { readonly from: number; readonly to: number; readonly ticks: readonly number[] };

const STEPS = [1, 2, 5, 10];

/** An axis for values from one to another: its ends are ticks, and its steps 1, 2 or 5 times a power of ten. */
export function niceScale(from: number, to: number, count = 4): Scale {
  const span = to > from ? to - from : Math.abs(from) || 1;
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * (STEPS.find((each) => each * power >= raw * 0.999) ?? 10);
  const first = Math.floor(from / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(to / step - 1e-9));
  const ticks = Array.from({ length: last - first + 1 }, (_, place) => rounded((first + place) * step, step));
  return { from: ticks[0] as number, to: ticks.at(-1) as number, ticks };
}

/** Without the last digits that binary fractions add. */
function rounded(value: number, step: number): number {
  return Number(value.toFixed(Math.max(0, Math.ceil(-Math.log10(step)) + 1)));
}

/** Place of a value on an axis, as a share of its length; values beyond an end are at the end. */
export function shareOf({ from, to }: Scale, value: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}

export type Interval = { readonly value: number; readonly low: number | null; readonly high: number | null };

/** Intervals that reach farther than this many times the farthest value are cut: they would press the others together. */
const MAX_REACH = 8;

/** An axis for differences: the zero, all values, and as much of the intervals as leaves the values apart; `least` on both sides. */
export function differenceScale(intervals: readonly Interval[], least: number): Scale {
  const reach = MAX_REACH * Math.max(least, ...intervals.map(({ value }) => Math.abs(value)));
  const bounds = intervals.flatMap(({ value, low, high }) => [value, Math.max(low ?? value, -reach), Math.min(high ?? value, reach)]);
  return niceScale(Math.min(-least, ...bounds), Math.max(least, ...bounds));
}
