import { describeFound } from "../errors/index.ts";
import { BYTES_PER_UNIT, NS_PER_MS, NS_PER_S, NS_PER_US, pagesFromBytes } from "../units/index.ts";
import type { Reader } from "./reader.ts";
import { type Bounds, formatBounds, formatCount } from "./scalars.ts";

const NS_PER: Readonly<Record<string, number>> = {
  ns: 1,
  us: NS_PER_US,
  ms: NS_PER_MS,
  s: NS_PER_S,
  min: 60 * NS_PER_S,
  h: 3600 * NS_PER_S,
};

const BYTES_PER_S: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(BYTES_PER_UNIT).map(([unit, bytes]) => [`${unit}/s`, bytes]),
);

function patternOf(units: Readonly<Record<string, number>>): string {
  return `^(0|[1-9][0-9]{0,15})(\\.[0-9]{1,9})? ?(${Object.keys(units).join("|")})$`;
}

function amountOf(text: string, units: Readonly<Record<string, number>>, pattern: RegExp): number {
  const match = pattern.exec(text);
  if (match === null) return Number.NaN;
  return Number(match[1] + (match[2] ?? "")) * units[match[3]];
}

type Form = {
  readonly bounds: Bounds;
  readonly unit: string;
  readonly units: Readonly<Record<string, number>>;
  readonly examples: string;
  readonly round: (amount: number) => number;
};

/** A whole number in the base unit, or text with a unit of its own. */
function quantity(form: Form): Reader<number> {
  const { bounds, unit } = form;
  const pattern = patternOf(form.units);
  const expression = new RegExp(pattern, "u");
  return {
    schema: {
      anyOf: [
        { type: "integer", ...bounds },
        { type: "string", pattern },
      ],
    },
    read(value, place) {
      const isText = typeof value === "string";
      const amount = isText ? form.round(amountOf(value, form.units, expression)) : value;
      if (typeof amount === "number" && Number.isInteger(amount) && amount >= bounds.minimum && amount <= bounds.maximum) {
        return amount + 0;
      }
      const found =
        isText && Number.isFinite(amount) ? `${describeFound(value)}, ${formatCount(amount as number)} ${unit}` : describeFound(value);
      place.report(`must be a whole number of ${unit} ${formatBounds(bounds, "")} or text such as ${form.examples}, not ${found}`);
      return undefined;
    },
  };
}

/** Simulated time in ns, or text such as "1.5 s". */
export function duration(bounds: Bounds): Reader<number> {
  return quantity({ bounds, unit: "ns", units: NS_PER, examples: '"50 us", "1.5 s"', round: Math.round });
}

/** Pages of 4 KiB, or text such as "2 GiB", rounded up to whole pages. */
export function pageCount(bounds: Bounds): Reader<number> {
  return quantity({ bounds, unit: "pages", units: BYTES_PER_UNIT, examples: '"512 MiB", "4 GB"', round: pagesFromBytes });
}

/** Bytes per second, or text such as "150 MB/s". */
export function byteRate(bounds: Bounds): Reader<number> {
  return quantity({ bounds, unit: "bytes/s", units: BYTES_PER_S, examples: '"150 MB/s", "3 GB/s"', round: Math.round });
}
