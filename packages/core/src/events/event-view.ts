import { nameOf } from "./by-number.ts";
import { eventType } from "./catalogue.ts";
import type { EventBatch } from "./event-batch.ts";
import { type EventField, type EventType, FIELD_COLUMNS } from "./event-type.ts";

/**
 * One event's field, named and explained. `value` is the number as it is recorded; `quantity` is in the field's unit, null
 * where the number stands for none; `shown` is the quantity, or the text or the choice's name where the number is one.
 */
export type FieldView = {
  readonly field: EventField;
  readonly value: number;
  readonly quantity: number | null;
  readonly shown: string;
  /** Of a virtual page that the scenario gives a name. The log does not hold it: who knows the scenario adds it. */
  readonly virtualPageName?: string;
};

/** One event as an object, for people and for APIs. Never made in a hot path. */
export type EventView = {
  readonly position: number;
  readonly type: EventType;
  readonly timeNs: number;
  readonly vm: number;
  readonly process: number;
  /** Number of the policy's decision that it goes back to; 0: none, or not known. */
  readonly decision: number;
  readonly fields: readonly FieldView[];
};

const NONE = "none";

/** The event at an index of a batch. `text` gives the run's text of an id. */
export function viewEvent(batch: EventBatch, index: number, text: (id: number) => string): EventView {
  const position = batch.firstPosition + index;
  const type = eventType(batch.types[index], ` at position ${position}`);
  const fields: FieldView[] = [];
  for (const column of FIELD_COLUMNS) {
    const declared = type.fields[column];
    if (declared === undefined) continue;
    const value = batch[column][index];
    const quantity = quantityOf(declared, value);
    const shown = showValue(declared, value, `${type.name} at position ${position}`, text);
    fields.push({ field: declared, value, quantity, shown });
  }
  return {
    position,
    type,
    timeNs: batch.timesNs[index],
    vm: batch.vms[index],
    process: batch.processes[index],
    decision: batch.decisions[index],
    fields,
  };
}

function showValue(declared: EventField, value: number, event: string, text: (id: number) => string): string {
  if (declared.kind === "text") return text(value);
  if (declared.choices !== undefined) return nameOf(declared.choices, value, `\`${declared.name}\` of the event ${event}`);
  const quantity = quantityOf(declared, value);
  return quantity === null ? NONE : String(quantity);
}

/** A recorded number in the field's unit; null where it stands for none. */
export function quantityOf({ none, perUnit = 1 }: EventField, value: number): number | null {
  return value === none ? null : value / perUnit;
}
