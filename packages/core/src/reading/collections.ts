import { describeFound } from "../errors/index.ts";
import { isObject } from "./object.ts";
import { type JsonSchema, type Reader } from "./reader.ts";
import { type Bounds, formatBounds, formatCount } from "./scalars.ts";

/** A list whose length is within the bounds, `items` naming what it holds. */
export function list<T>(item: Reader<T>, bounds: Bounds, items: string): Reader<readonly T[]> {
  return {
    schema: { type: "array", items: item.schema, minItems: bounds.minimum, maxItems: bounds.maximum },
    read(value, place) {
      if (!Array.isArray(value) || value.length < bounds.minimum || value.length > bounds.maximum) {
        place.report(`must be a list ${formatBounds(bounds, items)}, not ${describeFound(value)}`);
        return undefined;
      }
      const before = place.problemCount;
      const read = value.map((element, index) => item.read(element, place.child(index)));
      return place.problemCount === before ? (read as T[]) : undefined;
    },
  };
}

/** An object as a table: keys of a form, values of one kind. */
export function table<T>(keyPattern: string, keyForm: string, item: Reader<T>, max: number): Reader<Readonly<Record<string, T>>> {
  const expression = new RegExp(keyPattern, "u");
  return {
    schema: {
      type: "object",
      propertyNames: { pattern: keyPattern },
      additionalProperties: item.schema,
      maxProperties: max,
    },
    read(value, place) {
      if (!isObject(value) || Object.keys(value).length > max) {
        place.report(`must be an object of at most ${formatCount(max)} entries, not ${describeFound(value)}`);
        return undefined;
      }
      const before = place.problemCount;
      const read: Record<string, T | undefined> = {};
      for (const [key, element] of Object.entries(value)) {
        if (!expression.test(key)) place.child(key).report(`is not ${keyForm}`);
        else read[key] = item.read(element, place.child(key));
      }
      return place.problemCount === before ? (read as Record<string, T>) : undefined;
    },
  };
}

type JsonType = "null" | "boolean" | "number" | "string" | "array" | "object";

function typeOf(value: unknown): JsonType | "none" {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  return type === "boolean" || type === "number" || type === "string" || type === "object" ? type : "none";
}

/** Chooses the reader by the JSON type of the value; `form` says in words what may stand here. */
export function byType<T>(readers: Partial<Record<JsonType, Reader<T>>>, form: string): Reader<T> {
  const schemas: readonly JsonSchema[] = [...new Set(Object.values(readers).map((reader) => reader.schema))];
  return {
    schema: { anyOf: schemas },
    read(value, place) {
      const type = typeOf(value);
      const reader = type === "none" ? undefined : readers[type];
      if (reader !== undefined) return reader.read(value, place);
      place.report(`must be ${form}, not ${describeFound(value)}`);
      return undefined;
    },
  };
}

export const nothing: Reader<null> = { schema: { type: "null" }, read: () => null };
