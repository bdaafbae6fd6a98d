import { EVENT_SHAPES, type EventType, FIELD_COLUMNS, Mapping, SUBJECT_SHIFT } from "../events/index.ts";
import { Input, INPUT_COUNT, METRICS, type Program, runEffects } from "../metrics/index.ts";
import type { MachineTables } from "./machine-tables.ts";
import type { VmTables } from "./vm-tables.ts";

/** An event has six values at most: two of its subject, and four columns. */
const VALUES = 6;
/** Inputs that are no columns follow behind the values. */
const BEHIND = VALUES - FIELD_COLUMNS.length;

/** By event code: what it does to the counters of its VM, by the places of its values. */
export const COUNTER_PROGRAMS: readonly (Program | undefined)[] = METRICS.counterPrograms(placeInput);

/** The numbers that the steps of the event at hand take. */
const inputs = new Float64Array(INPUT_COUNT + BEHIND);
inputs[Input.one + BEHIND] = 1;

function placeInput({ code, fields }: EventType, input: number): number {
  const column = FIELD_COLUMNS[input] as (typeof FIELD_COLUMNS)[number] | undefined;
  if (column === undefined) return input + BEHIND;
  const before = FIELD_COLUMNS.slice(0, input).filter((earlier) => fields[earlier] !== undefined).length;
  return (EVENT_SHAPES[code] >> SUBJECT_SHIFT) + before;
}

/** Counts an event of a VM, given as its values, that was applied to the tables. @throws UnknownNumber for a choice that is not known. */
export function countEvent(
  machine: MachineTables,
  program: Program,
  vm: number,
  second: number,
  third: number,
  fourth: number,
  fifth: number,
  sixth: number,
): void {
  const tables = machine.vm(vm);
  if (program.readsInputs) {
    inputs[1] = second;
    inputs[2] = third;
    inputs[3] = fourth;
    inputs[4] = fifth;
    inputs[5] = sixth;
  }
  if (program.readsSubject) readSubject(machine, tables, second);
  if (program.vm !== null) runEffects(program.vm, inputs, tables.counters);
}

function readSubject({ mapping, timeNs }: MachineTables, tables: VmTables, process: number): void {
  inputs[Input.isFileBacked + BEHIND] = isFileBacked(tables, process) ? 1 : 0;
  inputs[Input.isOneLevel + BEHIND] = mapping === Mapping.OneLevel ? 1 : 0;
  inputs[Input.sinceStartNs + BEHIND] = timeNs - tables.startedNs;
}

/** Of an event without a process the second value is something else, and no effect asks. */
function isFileBacked({ processes }: VmTables, process: number): boolean {
  return process > 0 && process <= processes.length && processes[process - 1].isFileBacked;
}
