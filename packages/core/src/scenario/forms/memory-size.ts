import { MAX_PAGES } from "../../reading/limits.ts";
import { byType } from "../../reading/collections.ts";
import { pageCount } from "../../reading/quantities.ts";
import type { JsonSchema, Reader } from "../../reading/reader.ts";

const bounds = { minimum: 1, maximum: MAX_PAGES };
const text = pageCount(bounds);
const textSchema = (text.schema["anyOf"] as readonly JsonSchema[]).find((schema) => schema["type"] === "string") ?? {};

/** Memory as text with a unit only: a bare number would not say whether it counts bytes or pages. */
export const memorySize: Reader<number> = byType(
  { string: { schema: textSchema, read: (value, place) => text.read(value, place) } },
  'text such as "512 MiB" or "4 GB"',
);

/** For the schema: an object has one of two fields. */
export function exactlyOne(first: string, second: string): JsonSchema {
  return { oneOf: [{ required: [first] }, { required: [second] }] };
}
