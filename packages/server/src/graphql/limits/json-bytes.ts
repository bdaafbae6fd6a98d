/** Printable ASCII without what JSON escapes: as many bytes as characters. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** Longest JSON of a number: `-2.2250738585072014e-308`, or 53 bits in quotes. */
const NUMBER_BYTES = 24;

/** Bytes of a value as JSON in UTF-8, or a few more. */
export function jsonBytes(value: unknown): number {
  if (typeof value === "string") return PLAIN.test(value) ? value.length + 2 : escapedBytes(value);
  if (typeof value === "number") return NUMBER_BYTES;
  if (value === null || typeof value === "boolean" || value === undefined) return 5;
  return escapedBytes(value);
}

function escapedBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? "null");
}
