import type { MetricUnit } from "./experiment.generated.ts";
import { count } from "../format/numbers.ts";

/** Significant digits of a value that stands alone, and those that a row takes at most to tell its values apart. */
const DIGITS = 3;
const MAX_DIGITS = 10;
/** Between a number and its unit: no line break. */
const SPACE = "\u202f";

/** Ascending; what is below the first is shown in it. */
type Scale = readonly (readonly [size: number, name: string])[];
const NANOSECONDS: Scale = [
  [1, "ns"],
  [1e3, "µs"],
  [1e6, "ms"],
  [1e9, "s"],
];
const BYTES: Scale = [
  [1, "B"],
  [1e3, "kB"],
  [1e6, "MB"],
  [1e9, "GB"],
  [1e12, "TB"],
];
const THOUSANDS: Scale = [
  [1, ""],
  [1e3, "k"],
  [1e6, "M"],
  [1e9, "G"],
];

type Show = (value: number, digits: number) => string;

/** Means of counts are no whole numbers: below 100 with decimals. */
const mean: Show = (value, digits) =>
  Math.abs(value) >= 100 || Number.isInteger(value) ? count(value) : String(Number(value.toPrecision(digits)));
const pageSeconds: Show = (value, digits) => {
  if (value === 0) return `0${SPACE}page s`;
  return value < 1 ? `${value.toPrecision(digits)}${SPACE}page s` : `${scaled(value, THOUSANDS, digits)}${SPACE}page s`;
};

/** As the tables of `ballast compare` round. */
const SHOWN: Readonly<Record<MetricUnit, Show>> = {
  COUNT: mean,
  PAGES: mean,
  VMS: mean,
  STATE: mean,
  NS: (value, digits) => scaled(value, NANOSECONDS, digits),
  BYTES: (value, digits) => scaled(value, BYTES, digits),
  PAGE_SECONDS: pageSeconds,
  PER_SECOND: (value, digits) => scaled(value, THOUSANDS, digits),
  RATIO: (value, digits) => value.toPrecision(digits),
};

/** The value of a metric with its unit. */
export function metricText(unit: MetricUnit, value: number, digits = DIGITS): string {
  return value < 0 ? `\u2212${SHOWN[unit](-value, digits)}` : SHOWN[unit](value, digits);
}

/** The values of one row, in as many digits as tell different ones apart: what looks the same is the same. */
export function rowTexts(unit: MetricUnit, values: readonly number[]): string[] {
  const different = new Set(values).size;
  for (let digits = DIGITS; ; digits++) {
    const texts = values.map((value) => metricText(unit, value, digits));
    if (digits === MAX_DIGITS || new Set(texts).size >= different) return texts;
  }
}

/** ` ± 1.9 µs`: half of the 95 % interval of a mean; empty where there is none, or where it has no width. */
export function halfWidthText(
  unit: MetricUnit,
  { mean: middle, high }: { readonly mean: number | null; readonly high: number | null },
): string {
  if (middle === null || high === null || high === middle) return "";
  const half = unit === "NS" ? Math.round(high - middle) : high - middle;
  return ` ±${SPACE}${metricText(unit, half, 2)}`;
}

function scaled(value: number, scale: Scale, digits: number): string {
  const fitting = Math.max(
    0,
    scale.findLastIndex(([size]) => value >= size),
  );
  const text = inUnit(value, scale[fitting], digits);
  const next = scale[fitting + 1];
  // What is rounded up to a thousand is one of the next unit.
  return next !== undefined && Number.parseFloat(text) >= 1000 ? inUnit(value, next, digits) : text;
}

function inUnit(value: number, unit: Scale[number] | undefined, digits: number): string {
  const [size, name] = unit ?? [1, ""];
  if (name === "ns" && value < 1e3) return `${value}${SPACE}ns`;
  const figure = value / size;
  const before = figure < 10 ? 1 : Math.floor(Math.log10(figure)) + 1;
  return `${figure.toFixed(Math.max(0, digits - before))}${name === "" ? "" : SPACE}${name}`;
}
