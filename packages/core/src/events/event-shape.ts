import { CATALOGUE } from "./catalogue.ts";
import { type EventSubject, FIELD_COLUMNS } from "./event-type.ts";

/** Bits of a shape: which of the columns a to d an event type uses. */
export const USES_A = 1;
export const USES_B = 2;
export const USES_C = 4;
export const USES_D = 8;
/** How many of the columns `vm` and `process` it uses, in the bits from this one on. */
export const SUBJECT_SHIFT = 4;

/** How many of the columns `vm` and `process` an event with a subject uses. */
export const SUBJECT_VALUES: Readonly<Record<EventSubject, number>> = { host: 0, vm: 1, vmOrHost: 1, process: 2, processOrVm: 2 };

/** A code has one byte. */
const CODES = 256;

/**
 * How the values of an event of each code (see `EventValues`) lie in the columns, as bits: `recordEvent` goes from values to columns,
 * `applyEvent` back. Columns that are used have no gap between them but in a few rare types.
 */
export const EVENT_SHAPES = new Uint8Array(CODES);
for (const { code, fields, subject } of CATALOGUE) {
  const columns = FIELD_COLUMNS.reduce((bits, column, bit) => (fields[column] === undefined ? bits : bits | (1 << bit)), 0);
  EVENT_SHAPES[code] = columns | (SUBJECT_VALUES[subject] << SUBJECT_SHIFT);
}

/** Whether a column that is used comes after one that is not. */
export function hasGap(shape: number): boolean {
  const columns = shape & (USES_A | USES_B | USES_C | USES_D);
  return (columns & (columns + 1)) !== 0;
}
