import type { Place } from "./place.ts";

/** JSON Schema, draft 2020-12. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** Reads one kind of JSON value, and says as a schema what it takes: one source for both. */
export type Reader<T> = {
  readonly schema: JsonSchema;
  /** undefined only after a problem was reported. */
  read(value: unknown, place: Place): T | undefined;
};

/** The reader's value as another one; `change` may report problems and then gives undefined. */
export function refined<T, U>(reader: Reader<T>, change: (value: T, place: Place) => U | undefined): Reader<U> {
  return {
    schema: reader.schema,
    read(value, place) {
      const known = reader.read(value, place);
      return known === undefined ? undefined : change(known, place);
    },
  };
}

/** The same reader, standing in the schema's `$defs` under this name. */
export function named<T>(name: string, reader: () => Reader<T>): Reader<T> {
  return { schema: { $ref: `#/$defs/${name}` }, read: (value, place) => reader().read(value, place) };
}
