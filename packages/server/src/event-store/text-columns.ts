import { CATALOGUE, type EventBatch, FIELD_COLUMNS } from "@ballast/core/events";

/** Per event code: which of a, b, c, d (bits 0 to 3) hold the id of a text. */
const TEXT_BITS = new Uint8Array(256);
for (const { code, fields } of CATALOGUE) {
  FIELD_COLUMNS.forEach((column, bit) => {
    if (fields[column]?.kind === "text") TEXT_BITS[code]! |= 1 << bit;
  });
}

/** The highest text id that events [from, end) of a batch mention, or `max` if they mention none above it. */
export function maxStringId({ types, a, b, c, d }: EventBatch, from: number, end: number, max: number): number {
  let found = max;
  for (let i = from; i < end; i++) {
    const bits = TEXT_BITS[types[i]!]!;
    if (bits === 0) continue;
    if ((bits & 1) !== 0 && a[i]! > found) found = a[i]!;
    if ((bits & 2) !== 0 && b[i]! > found) found = b[i]!;
    if ((bits & 4) !== 0 && c[i]! > found) found = c[i]!;
    if ((bits & 8) !== 0 && d[i]! > found) found = d[i]!;
  }
  return found;
}
