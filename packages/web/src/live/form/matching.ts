import { isRecord, type Json, type JsonSchema, resolve } from "./json-schema.ts";
import { type Alternative, shapeOf } from "./shape.ts";

/** Which alternative a value is written as; the first one if it fits none. */
export function alternativeOf(root: JsonSchema, alternatives: readonly Alternative[], value: Json | undefined): number {
  return Math.max(
    0,
    alternatives.findIndex(({ schema }) => isLike(root, schema, value)),
  );
}

/** Whether a value is meant as one of this schema, though perhaps not a valid one. */
function isLike(root: JsonSchema, given: JsonSchema, value: Json | undefined): boolean {
  const schema = resolve(root, given);
  const shape = shapeOf(root, schema);
  switch (shape.kind) {
    case "constant":
      return value === schema.const;
    case "nothing":
      return value === null;
    case "switch":
      return typeof value === "boolean";
    case "text":
      return typeof value === "string";
    case "number":
      return typeof value === "number";
    case "quantity":
      return typeof value === "string" || (shape.takesNull && value === null) || (shape.takesNumbers && typeof value === "number");
    case "choice":
      return value !== undefined && (schema.enum ?? []).includes(value);
    case "list":
      return Array.isArray(value);
    case "names":
      return isRecord(value);
    case "record":
      return isRecord(value) && fitsRecord(schema, value);
    case "alternatives":
      return shape.alternatives.some((each) => isLike(root, each.schema, value));
  }
}

/** By what tells records apart: constants, choices, and which properties there are. */
function fitsRecord({ properties = {}, required = [] }: JsonSchema, value: { readonly [name: string]: Json }): boolean {
  if (properties["kind"]?.const !== undefined) return value["kind"] === properties["kind"].const;
  const isNamed = Object.entries(value).every(([name, part]) => {
    const property = properties[name];
    return property !== undefined && (property.enum === undefined || property.enum.includes(part));
  });
  return isNamed && required.every((name) => name in value);
}
