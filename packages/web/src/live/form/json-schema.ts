export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type JsonRecord = { readonly [name: string]: Json };

/** What the scenario's schema uses of JSON Schema 2020-12. */
export type JsonSchema = {
  readonly $schema?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: Json;
  readonly type?: "null" | "boolean" | "integer" | "number" | "string" | "array" | "object";
  readonly const?: Json;
  readonly enum?: readonly Json[];
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly propertyNames?: JsonSchema;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly maxProperties?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
};

/** A schema in which what a reference names stands in its place; what is written beside the reference goes first. */
export function resolve(root: JsonSchema, schema: JsonSchema): JsonSchema {
  if (schema.$ref === undefined) return schema;
  const name = /^#\/\$defs\/(\w+)$/.exec(schema.$ref)?.[1];
  const named = name === undefined ? undefined : root.$defs?.[name];
  if (named === undefined) throw new Error(`the schema has nothing at ${schema.$ref}`);
  const { $ref: _, ...beside } = schema;
  return { ...named, ...beside };
}

export function isRecord(value: Json | undefined): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
