import { type JsonSchema, resolve } from "./json-schema.ts";

export type Alternative = { readonly label: string; readonly schema: JsonSchema };

/** A number, or text with a unit such as "2 GiB"; or null, which is written as "none". */
export type Quantity = {
  readonly kind: "quantity";
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly takesNumbers: boolean;
  readonly takesNull: boolean;
};

/** What a form makes of a schema: one kind of field for each. */
export type Shape =
  | { readonly kind: "constant" | "nothing" | "switch" | "text" | "number" | "choice" }
  | Quantity
  /** `exclusive`: exactly one property of these is to be given. */
  | { readonly kind: "record"; readonly exclusive: readonly string[] }
  | { readonly kind: "names"; readonly values: JsonSchema }
  /** `isOfWords`: of numbers and words, which are written in one line. */
  | { readonly kind: "list"; readonly items: JsonSchema; readonly isOfWords: boolean }
  | { readonly kind: "alternatives"; readonly alternatives: readonly Alternative[] };

const DESCRIBING = ["$schema", "$defs", "title", "description", "default", "type"] as const;

/** What each kind of field takes from its schema. A keyword that is not listed would be lost in the form. */
export const KEYWORDS = {
  constant: [...DESCRIBING, "const"],
  nothing: DESCRIBING,
  switch: DESCRIBING,
  text: [...DESCRIBING, "pattern", "maxLength"],
  number: [...DESCRIBING, "minimum", "maximum"],
  choice: [...DESCRIBING, "enum"],
  quantity: [...DESCRIBING, "anyOf", "minimum", "maximum", "pattern"],
  record: [...DESCRIBING, "properties", "required", "additionalProperties", "oneOf"],
  names: [...DESCRIBING, "propertyNames", "additionalProperties", "maxProperties"],
  list: [...DESCRIBING, "items", "minItems", "maxItems"],
  alternatives: [...DESCRIBING, "anyOf", "oneOf"],
} as const satisfies Record<Shape["kind"], readonly (keyof JsonSchema)[]>;

/** @throws Error for a schema that the form has no field for. */
export function shapeOf(root: JsonSchema, given: JsonSchema): Shape {
  const schema = resolve(root, given);
  if (schema.type === "object") return objectShape(schema);
  if (schema.anyOf !== undefined || schema.oneOf !== undefined) return alternativesShape(root, schema);
  if (schema.const !== undefined) return { kind: "constant" };
  if (schema.enum !== undefined) return { kind: "choice" };
  switch (schema.type) {
    case "null":
      return { kind: "nothing" };
    case "boolean":
      return { kind: "switch" };
    case "string":
      return { kind: "text" };
    case "integer":
    case "number":
      return { kind: "number" };
    case "array":
      return listShape(root, schema);
    default:
      throw new Error(`the form has no field for ${JSON.stringify(given)}`);
  }
}

function objectShape({ properties, additionalProperties, oneOf }: JsonSchema): Shape {
  if (properties !== undefined) return { kind: "record", exclusive: (oneOf ?? []).flatMap(({ required }) => required ?? []) };
  if (typeof additionalProperties === "object") return { kind: "names", values: additionalProperties };
  throw new Error("the form has no field for an object without properties");
}

function listShape(root: JsonSchema, { items }: JsonSchema): Shape {
  if (items === undefined) throw new Error("the form has no field for a list of anything");
  const { kind } = shapeOf(root, items);
  return { kind: "list", items, isOfWords: kind === "quantity" || kind === "number" || kind === "text" };
}

function alternativesShape(root: JsonSchema, schema: JsonSchema): Shape {
  const schemas = flattened(root, schema);
  return (
    quantityShape(root, schemas) ?? {
      kind: "alternatives",
      alternatives: schemas.map((each) => ({ label: labelOf(root, each), schema: each })),
    }
  );
}

/** Undefined: they are more than numbers, texts and null. */
function quantityShape(root: JsonSchema, schemas: readonly JsonSchema[]): Quantity | undefined {
  const plain = schemas.flatMap((each) => (each.anyOf === undefined ? [each] : flattened(root, { anyOf: [each] })));
  if (plain.some(({ type }) => type === undefined || !QUANTITY_TYPES.has(type))) return undefined;
  const number = plain.find(({ type }) => type === "integer" || type === "number");
  const takesNull = plain.some(({ type }) => type === "null");
  return { kind: "quantity", minimum: number?.minimum, maximum: number?.maximum, takesNumbers: number !== undefined, takesNull };
}

const QUANTITY_TYPES: ReadonlySet<string> = new Set(["integer", "number", "string", "null"]);

/** Alternatives of alternatives are alternatives; but a number or text with a unit stays one. */
function flattened(root: JsonSchema, schema: JsonSchema): readonly JsonSchema[] {
  return (schema.anyOf ?? schema.oneOf ?? []).flatMap((alternative) => {
    const resolved = resolve(root, alternative);
    if (resolved.anyOf === undefined) return [resolved];
    return shapeOf(root, resolved).kind === "quantity" && schema.anyOf?.length !== 1 ? [resolved] : flattened(root, resolved);
  });
}

const LABELS: Readonly<Record<Shape["kind"], string>> = {
  constant: "a constant",
  nothing: "none (null)",
  switch: "yes or no",
  text: "text",
  number: "a number",
  choice: "a preset",
  quantity: "a value",
  record: "figures",
  names: "by name",
  list: "a list",
  alternatives: "one of several",
};

function labelOf(root: JsonSchema, schema: JsonSchema): string {
  const [driver] = schema.properties?.["driver"]?.enum ?? [];
  return schema.title ?? (typeof driver === "string" ? driver : LABELS[shapeOf(root, schema).kind]);
}
