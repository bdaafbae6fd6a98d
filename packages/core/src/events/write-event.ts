import type { EventBatch } from "./event-batch.ts";
import { EVENT_SHAPES, hasGap, SUBJECT_SHIFT, USES_A, USES_B, USES_C } from "./event-shape.ts";
import type { EventType, EventValues } from "./event-type.ts";

/**
 * Appends an event of a type with its values: whom it concerns, then its fields, as the catalogue declares them. Another order
 * or number of values does not compile.
 */
export const writeEvent: <Type extends EventType>(
  batch: EventBatch,
  type: Type,
  timeNs: number,
  decision: number,
  ...values: EventValues<Type>
) => void = writeValues;

/** Without the check of the compiler: the one implementation, for those that have checked the values already. */
export function writeValues(
  batch: EventBatch,
  { code }: EventType,
  timeNs: number,
  decision: number,
  first = 0,
  second = 0,
  third = 0,
  fourth = 0,
  fifth = 0,
  sixth = 0,
): void {
  switch (EVENT_SHAPES[code] >> SUBJECT_SHIFT) {
    case 0:
      return writeFields(batch, code, timeNs, 0, 0, first, second, third, fourth, decision);
    case 1:
      return writeFields(batch, code, timeNs, first, 0, second, third, fourth, fifth, decision);
    default:
      return writeFields(batch, code, timeNs, first, second, third, fourth, fifth, sixth, decision);
  }
}

/** Fields follow each other; columns leave out those that the type does not use. */
function writeFields(
  batch: EventBatch,
  code: number,
  timeNs: number,
  vm: number,
  process: number,
  a: number,
  b: number,
  c: number,
  d: number,
  decision: number,
): void {
  const shape = EVENT_SHAPES[code];
  if (hasGap(shape)) {
    if ((shape & USES_A) === 0) [a, b, c, d] = [0, a, b, c];
    if ((shape & USES_B) === 0) [b, c, d] = [0, b, c];
    if ((shape & USES_C) === 0) [c, d] = [0, c];
  }
  batch.append(code, timeNs, vm, process, a, b, c, d, decision);
}
