import type { PairedComparison } from "./paired-comparison.ts";

/** An amount of the metric, 0 or more, with its unit. */
export type ShowAmount = (amount: number) => string;

/** The difference on the scale that decides, as people read it: "12 % lower", "3.4 times as high", "412 higher". */
export function differenceText(comparison: PairedComparison, show: ShowAmount): string {
  return deciding(comparison, show).value;
}

/** The interval of the same: "10 to 14 % lower", "8 % lower to 2 % higher". Null of fewer than two pairs. */
export function intervalText(comparison: PairedComparison, show: ShowAmount): string | null {
  return deciding(comparison, show).interval;
}

type Texts = { readonly value: string; readonly interval: string | null };

function deciding({ scale, relative, difference }: PairedComparison, show: ShowAmount): Texts {
  if (scale === "ratio" && relative !== null)
    return { value: relativeText(relative.value), interval: range(relative.low, relative.high, relativeText) };
  const amountText = (amount: number): string => withDirection(amount, show(Math.abs(amount)));
  if (difference === null) return { value: "", interval: null };
  return { value: amountText(difference.mean), interval: range(difference.low, difference.high, amountText) };
}

/** The bounds in the order of their size where they have one direction, which is then told once; one bound where both read alike. */
function range(low: number | null, high: number | null, text: (bound: number) => string): string | null {
  if (low === null || high === null) return null;
  const [first, second] = Math.abs(low) <= Math.abs(high) ? [text(low), text(high)] : [text(high), text(low)];
  if (first === second) return first;
  const shared = SHARED_ENDINGS.find((ending) => first.endsWith(ending) && second.endsWith(ending));
  if (shared === undefined) return `${text(low)} to ${text(high)}`;
  return `${first.slice(0, -shared.length)} to ${second}`;
}

const SHARED_ENDINGS = [" % lower", " % higher", " times as high", " lower", " higher"];

/** From twice as high on as a factor. */
function relativeText(relative: number): string {
  if (relative >= 0.9995) return `${threeDigits(1 + relative)} times as high`;
  return withDirection(relative, `${percentOf(Math.abs(relative))} %`);
}

function withDirection(difference: number, text: string): string {
  if (difference === 0) return "no difference";
  return `${text} ${difference < 0 ? "lower" : "higher"}`;
}

/** A share of 1 in percent, with three significant digits, never rounded up to the whole. */
export function percentOf(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.01) return "less than 0.01";
  if (percent > 99 && percent < 100) return String(Math.floor(percent * 100) / 100);
  return String(Number(percent.toPrecision(3)));
}

function threeDigits(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
