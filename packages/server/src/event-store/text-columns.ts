import { CATALOGUE, type EventBatch, FIELD_COLUMNS } from "@ballast/core/events";

/** Per event code: which of a, b, c, d (bits 0 to 3) hold the id of a text. */
const TEXT_BITS = new Uint8Array(256);
for (const { code, fields } of CATALOGUE) {
  FIELD_COLUMNS.forEach((column, bit) => {
    if (fields[column]?.kind === "text") TEXT_BITS[code]! |= 1 << bit;
  });
}

/** The highest text id that events [from, end) of a batch mention, or `highest` if they mention none above it. */
export function maxStringId(batch: EventBatch, from: number, end: number, max: number): number {
  const { types } = batch;
  let found = max;
  for (let i = from; i < end; i++) {
    const bits = TEXT_BITS[types[i]!]!;
    if (bits === 0) continue;
    FIELD_COLUMNS.forEach((column, bit) => {
      if ((bits & (1 << bit)) !== 0) found = Math.max(found, batch[column][i]!);
    });
  }
  return found;
}
