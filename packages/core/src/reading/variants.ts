import { describeFound } from "../errors/index.ts";
import { findNearestName } from "./nearest-name.ts";
import { type Field, type Fields, isObject, object, required, type ValuesOf } from "./object.ts";
import type { Reader } from "./reader.ts";

type Variant = { readonly description: string; readonly fields: Fields };
export type Variants = Readonly<Record<string, Variant>>;

/** The union of the variants' values, each with its `kind`. */
export type VariantValue<V extends Variants> = {
  [K in keyof V & string]: { readonly kind: K } & ValuesOf<V[K]["fields"]>;
}[keyof V & string];

/** Objects told apart by their `kind`. */
export function variants<V extends Variants>(known: V): Reader<VariantValue<V>> {
  const readers = new Map<string, Reader<unknown>>();
  for (const [kind, variant] of Object.entries(known)) {
    const fields: Record<string, Field<unknown>> = { kind: required(constant(kind), variant.description), ...variant.fields };
    readers.set(kind, object(fields, { title: kind, description: variant.description }));
  }
  const kinds = [...readers.keys()];
  return {
    schema: { oneOf: [...readers.values()].map((reader) => reader.schema) },
    read(value, place) {
      if (!isObject(value)) {
        place.report(`must be an object with a kind (${kinds.join(", ")}), not ${describeFound(value)}`);
        return undefined;
      }
      const kind = Object.hasOwn(value, "kind") ? value["kind"] : undefined;
      const reader = typeof kind === "string" ? readers.get(kind) : undefined;
      if (reader !== undefined) return reader.read(value, place) as VariantValue<V> | undefined;
      const nearest = typeof kind === "string" ? findNearestName(kind, kinds) : undefined;
      const hint = nearest === undefined ? "" : `; is "${nearest}" meant?`;
      place.child("kind").report(`must be one of ${kinds.join(", ")}, not ${describeFound(kind)}${hint}`);
      return undefined;
    },
  };
}

function constant(text: string): Reader<string> {
  return { schema: { const: text }, read: () => text };
}
