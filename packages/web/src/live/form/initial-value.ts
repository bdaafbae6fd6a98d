import { isRecord, type Json, type JsonRecord, type JsonSchema, resolve } from "./json-schema.ts";
import { shapeOf } from "./shape.ts";

/** Texts of which each pattern of the schema takes one. */
const TEXTS = ["new", "0", "1 MiB", "1 ms", "1 MiB/s"];

/** What a part begins with when it is added: its default, or the smallest thing that the schema allows. */
export function initialValue(root: JsonSchema, given: JsonSchema): Json {
  const schema = resolve(root, given);
  if (schema.default !== undefined) return schema.default;
  const shape = shapeOf(root, schema);
  switch (shape.kind) {
    case "constant":
      return schema.const ?? null;
    case "nothing":
      return null;
    case "switch":
      return false;
    case "text":
      return textFor(schema);
    case "number":
      return Math.max(schema.minimum ?? 0, 0);
    case "quantity":
      if (shape.takesNull) return null;
      return shape.takesNumbers ? Math.max(shape.minimum ?? 0, 1) : textFor(schema.anyOf?.[0] ?? {});
    case "choice":
      return schema.enum?.[0] ?? null;
    case "names":
      return {};
    case "list":
      return [initialValue(root, shape.items)];
    case "record":
      return initialRecord(root, schema, shape.exclusive);
    case "alternatives":
      return initialValue(root, shape.alternatives[0]?.schema ?? {});
  }
}

function initialRecord(root: JsonSchema, { properties = {}, required = [] }: JsonSchema, exclusive: readonly string[]): Json {
  const names = [...required, ...exclusive.slice(0, 1)];
  return Object.fromEntries(names.map((name) => [name, initialValue(root, properties[name] ?? {})]));
}

function textFor({ pattern }: JsonSchema): string {
  if (pattern === undefined) return "";
  const expression = new RegExp(pattern, "u");
  const text = TEXTS.find((each) => expression.test(each));
  if (text === undefined) throw new Error(`the form knows no text for the pattern ${pattern}`);
  return text;
}

/** The same without what the schema gives by default, so that a complete scenario becomes one that people read. */
export function withoutDefaults(root: JsonSchema, given: JsonSchema, value: Json): Json {
  const schema = resolve(root, given);
  const shape = shapeOf(root, schema);
  if (shape.kind === "alternatives") {
    const kind = isRecord(value) ? value["kind"] : undefined;
    const chosen = shape.alternatives.find(({ schema: each }) => kind !== undefined && each.properties?.["kind"]?.const === kind);
    const record = chosen ?? shape.alternatives.find(({ schema: each }) => isRecord(value) && each.type === "object");
    return record === undefined ? value : withoutDefaults(root, record.schema, value);
  }
  if (shape.kind === "list" && Array.isArray(value)) return value.map((item: Json) => withoutDefaults(root, shape.items, item));
  return shape.kind === "record" && isRecord(value) ? recordWithoutDefaults(root, schema, value) : value;
}

/** In the order of the schema. */
function recordWithoutDefaults(root: JsonSchema, { properties = {}, required = [] }: JsonSchema, value: JsonRecord): Json {
  const names = new Set([...Object.keys(properties), ...Object.keys(value)]);
  const kept = [...names].flatMap((name) => {
    const [property, part] = [properties[name], value[name]];
    if (property === undefined || part === undefined) return part === undefined ? [] : [[name, part] as const];
    const shorter = withoutDefaults(root, property, part);
    const byDefault = resolve(root, property).default;
    const isDefault = byDefault !== undefined && [shorter, part].some((each) => JSON.stringify(each) === JSON.stringify(byDefault));
    return isDefault && !required.includes(name) ? [] : [[name, shorter] as const];
  });
  return Object.fromEntries(kept);
}
