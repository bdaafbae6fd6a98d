/** Significant digits of a quantity that stands alone, and those that a column takes at most to tell its values apart. */
const DIGITS = 3;
const MAX_DIGITS = 10;

/** Ascending; what is below the first is shown in it. */
type Units = readonly (readonly [size: number, name: string])[];
const TIME_UNITS: Units = [
  [1, "ns"],
  [1e3, "us"],
  [1e6, "ms"],
  [1e9, "s"],
];
const BYTE_UNITS: Units = [
  [1, "B"],
  [1e3, "kB"],
  [1e6, "MB"],
  [1e9, "GB"],
  [1e12, "TB"],
];
const RATE_UNITS: Units = [
  [1, ""],
  [1e3, "k"],
  [1e6, "M"],
  [1e9, "G"],
];

/** 1234567 as 1,234,567, whatever the machine's language. */
export function showCount(count: number): string {
  return count.toFixed(0).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}

/** Simulated or real time with its unit, in three significant digits unless told otherwise. */
export function showDuration(ns: number, digits = DIGITS): string {
  return ns < 1e3 && Number.isInteger(ns) ? `${ns} ns` : inUnit(ns, TIME_UNITS, digits);
}

/** To the nanosecond: 1.68 s is 1.680000000 s. */
export function showExactTime(ns: number): string {
  return ns < 1e3 ? `${ns} ns` : inUnit(ns, TIME_UNITS, Infinity);
}

/** Of a file: 1.25 MB. */
export function showBytes(bytes: number, digits = DIGITS): string {
  return bytes < 1e3 ? `${bytes} B` : inUnit(bytes, BYTE_UNITS, digits);
}

/** Pages times seconds: 0.0125 page s, 310 k page s. */
export function showPageSeconds(pageSeconds: number, digits = DIGITS): string {
  if (pageSeconds === 0) return "0 page s";
  return pageSeconds < 1 ? `${pageSeconds.toPrecision(digits)} page s` : `${inUnit(pageSeconds, RATE_UNITS, digits)} page s`;
}

/** Per second: 1.25 M, 310 k. */
export function showRate(perSecond: number, digits = DIGITS): string {
  return inUnit(perSecond, RATE_UNITS, digits);
}

/** 1.08, 12.3, 0.91. */
export function showRatio(ratio: number, digits = DIGITS): string {
  return ratio.toPrecision(digits);
}

/**
 * The values of one column, in as many significant digits as tell different ones apart, three at least: what looks the same
 * is the same.
 */
export function showColumn(values: readonly number[], show: (value: number, digits: number) => string): string[] {
  const different = new Set(values).size;
  for (let digits = DIGITS; ; digits++) {
    const shown = values.map((value) => show(value, digits));
    if (digits === MAX_DIGITS || new Set(shown).size >= different) return shown;
  }
}

function inUnit(value: number, units: Units, digits: number): string {
  const fitting = units.findLastIndex(([unit]) => value >= unit);
  const shown = shownIn(value, units[Math.max(0, fitting)], digits);
  const next = units[fitting + 1];
  // What is rounded up to a thousand is one of the next unit.
  return next !== undefined && Number.parseFloat(shown.replace(",", "")) >= 1000 ? shownIn(value, next, digits) : shown;
}

function shownIn(value: number, [unit, name]: Units[number], digits: number): string {
  const figure = value / unit;
  const before = String(Math.trunc(figure)).length;
  // Whole nanoseconds have no more decimals than their unit has zeros.
  const decimals = digits === Infinity ? String(unit).length - 1 : Math.max(0, digits - before);
  return `${decimals === 0 ? showCount(figure) : figure.toFixed(decimals)} ${name}`.trimEnd();
}
