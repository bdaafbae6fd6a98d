import { describeFound } from "../errors/index.ts";
import type { Json } from "../policy/index.ts";
import { RENAMED_KEYS } from "./renamed-keys.ts";
import { findNearestName } from "./nearest-name.ts";
import type { Place } from "./place.ts";
import { type JsonSchema, type Reader } from "./reader.ts";

/** A field of an object; `T` is undefined where the field may be absent without a default of its own. */
export type Field<T> = {
  readonly reader: Reader<T>;
  readonly description: string;
  readonly presence: "required" | "optional" | "defaulted";
  readonly default?: Json;
};

export type Fields = Readonly<Record<string, Field<unknown>>>;
export type ValuesOf<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

export function required<T>(reader: Reader<T>, description: string): Field<T> {
  return { reader, description, presence: "required" };
}

/** The object's user decides what an absent field means; `description` says it. */
export function optional<T>(reader: Reader<T>, description: string): Field<T | undefined> {
  return { reader, description, presence: "optional" };
}

export function defaulted<T>(reader: Reader<T>, description: string, value: Json): Field<T> {
  return { reader, description, presence: "defaulted", default: value };
}

/** An object with these fields and no other; all its problems are reported together. */
export function object<F extends Fields>(fields: F, extra: JsonSchema = {}): Reader<ValuesOf<F>> {
  return {
    schema: { ...schemaOf(fields), ...extra },
    read(value, place) {
      if (!isObject(value)) {
        place.report(`must be an object, not ${describeFound(value)}`);
        return undefined;
      }
      const before = place.problemCount;
      reportUnknownKeys(value, Object.keys(fields), place);
      const result: Record<string, unknown> = {};
      for (const [key, field] of Object.entries(fields)) result[key] = readField(value, key, field, place);
      return place.problemCount === before ? (result as ValuesOf<F>) : undefined;
    },
  };
}

function readField(value: Readonly<Record<string, unknown>>, key: string, field: Field<unknown>, place: Place): unknown {
  if (Object.hasOwn(value, key)) return field.reader.read(value[key], place.child(key));
  if (field.presence === "defaulted") return field.reader.read(field.default, place.child(key));
  if (field.presence === "required") place.child(key).report(`is missing: ${field.description}`);
  return undefined;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function reportUnknownKeys(value: object, known: readonly string[], place: Place): void {
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) place.child(key).report(() => `is not known here; ${hintAt(key, known)}`);
  }
}

function hintAt(key: string, known: readonly string[]): string {
  const renamed = Object.hasOwn(RENAMED_KEYS, key) ? RENAMED_KEYS[key] : undefined;
  if (renamed !== undefined && known.includes(renamed)) return `it was renamed: write "${renamed}"`;
  const nearest = findNearestName(key, known);
  return nearest === undefined ? `there are: ${known.join(", ")}` : `is "${nearest}" meant?`;
}

function schemaOf(fields: Fields): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  for (const [key, field] of Object.entries(fields)) {
    const byDefault = field.default === undefined ? {} : { default: field.default };
    properties[key] = { ...field.reader.schema, description: field.description, ...byDefault };
  }
  const names = Object.keys(fields).filter((key) => fields[key].presence === "required");
  return { type: "object", properties, ...(names.length > 0 ? { required: names } : {}), additionalProperties: false };
}
