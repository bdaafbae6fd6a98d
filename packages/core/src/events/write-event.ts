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
  const shape = EVENT_SHAPES[code];
  const subject = shape >> SUBJECT_SHIFT;
  const vm = subject === 0 ? 0 : first;
  const process = subject === 2 ? second : 0;
  let a = subject === 0 ? first : subject === 1 ? second : third;
  let b = subject === 0 ? second : subject === 1 ? third : fourth;
  let c = subject === 0 ? third : subject === 1 ? fourth : fifth;
  let d = subject === 0 ? fourth : subject === 1 ? fifth : sixth;
  if (hasGap(shape)) {
    if ((shape & USES_A) === 0) [a, b, c, d] = [0, a, b, c];
    if ((shape & USES_B) === 0) [b, c, d] = [0, b, c];
    if ((shape & USES_C) === 0) [c, d] = [0, c];
  }
  batch.append(code, timeNs, vm, process, a, b, c, d, decision);
}
