import { describeFound } from "../errors/index.ts";
import type { Reader } from "./reader.ts";

/** Bounds are included. */
export type Bounds = { readonly minimum: number; readonly maximum: number };

/** 1234567.5 as "1,234,567.5". */
export function formatCount(count: number): string {
  const [whole = "", ...fraction] = String(count).split(".");
  return [whole.replaceAll(/\B(?=(\d{3})+$)/g, ","), ...fraction].join(".");
}

export function formatBounds(bounds: Bounds, unit: string): string {
  return `from ${formatCount(bounds.minimum)} to ${formatCount(bounds.maximum)}${unit === "" ? "" : ` ${unit}`}`;
}

export function integer(bounds: Bounds, unit: string): Reader<number> {
  return {
    schema: { type: "integer", ...bounds },
    read(value, place) {
      if (typeof value === "number" && Number.isInteger(value) && value >= bounds.minimum && value <= bounds.maximum) {
        return value + 0; // -0 is 0
      }
      place.report(`must be a whole number ${formatBounds(bounds, unit)}, not ${describeFound(value)}`);
      return undefined;
    },
  };
}

/** A number that need not be whole. */
export function real(bounds: Bounds): Reader<number> {
  return {
    schema: { type: "number", ...bounds },
    read(value, place) {
      if (typeof value === "number" && value >= bounds.minimum && value <= bounds.maximum) return value + 0;
      place.report(`must be a number ${formatBounds(bounds, "")}, not ${describeFound(value)}`);
      return undefined;
    },
  };
}

/** A fraction of something, from 0 to 1. */
export const ratio = real({ minimum: 0, maximum: 1 });

export const flag: Reader<boolean> = {
  schema: { type: "boolean" },
  read(value, place) {
    if (typeof value === "boolean") return value;
    place.report(`must be true or false, not ${describeFound(value)}`);
    return undefined;
  },
};

export function choice<const T extends readonly string[]>(choices: T): Reader<T[number]> {
  return {
    schema: { enum: choices },
    read(value, place) {
      const chosen: T[number] | undefined = choices.find((known) => known === value);
      if (chosen === undefined) place.report(`must be one of ${choices.join(", ")}, not ${describeFound(value)}`);
      return chosen;
    },
  };
}
