import { EVENT_SHAPES, hasGap, type KnownEvents, SUBJECT_SHIFT, UnknownNumber, USES_A, USES_B, USES_C } from "../events/index.ts";
import { COUNTER_PROGRAMS, countEvent } from "./count-event.ts";
import { HANDLER_OF_CODE } from "./handlers/index.ts";
import type { MachineTables } from "./machine-tables.ts";

/**
 * The one place where an event changes the tables: by the handler of its type, and the counters by the effects of `core/metrics`. `vm` and `process` are 0 where the event has none.
 * @throws UnknownNumber with the position, for a type that this version does not know.
 */
export function applyEvent(
  machine: MachineTables,
  code: number,
  timeNs: number,
  vm: number,
  process: number,
  a: number,
  b: number,
  c: number,
  d: number,
): void {
  const shape = EVENT_SHAPES[code];
  if (hasGap(shape)) {
    // Values follow each other, columns leave the unused ones out.
    if ((shape & USES_C) === 0) c = d;
    if ((shape & USES_B) === 0) [b, c] = [c, d];
    if ((shape & USES_A) === 0) [a, b, c] = [b, c, d];
  }
  switch (shape >> SUBJECT_SHIFT) {
    case 0:
      return applyValues(machine, code, timeNs, a, b, c, d, 0, 0);
    case 1:
      return applyValues(machine, code, timeNs, vm, a, b, c, d, 0);
    default:
      return applyValues(machine, code, timeNs, vm, process, a, b, c, d);
  }
}

/** The same for an event that is recorded now, by its values: those that its type does not have are not used. */
export function applyValues(
  machine: MachineTables,
  code: number,
  timeNs: number,
  first: number,
  second: number,
  third: number,
  fourth: number,
  fifth: number,
  sixth: number,
): void {
  machine.position++;
  machine.timeNs = timeNs;
  const handle = HANDLER_OF_CODE[code];
  if (handle === undefined) throw new UnknownNumber(code, `the type of the event at position ${machine.position}`);
  if (handle !== null) handle(machine, first, second, third, fourth, fifth, sixth);
  const counted = COUNTER_PROGRAMS[code];
  if (counted !== undefined && first !== 0) countEvent(machine, counted, first, second, third, fourth, fifth, sixth);
}

/** Whether events of a type change anything in the tables besides counters. */
export function changesTables(code: number): boolean {
  const handle = HANDLER_OF_CODE[code];
  return handle !== undefined && handle !== null;
}

/** Applies the events [from, end) of a batch, and takes over its texts. */
export function applyBatch(machine: MachineTables, batch: KnownEvents, from = 0, end = batch.length): void {
  for (let i = 0; i < batch.texts.length; i++) machine.texts[batch.firstTextId + i] = batch.texts[i] ?? "";
  const { types, timesNs, vms, processes, a, b, c, d } = batch;
  for (let i = from; i < end; i++) {
    applyEvent(machine, types[i], timesNs[i], vms[i], processes[i], a[i], b[i], c[i], d[i]);
  }
}
