import { Backing, Mapping, MemoryState, Mmu, VmEnd } from "../events/index.ts";
import { processId, vmId } from "../ids/index.ts";
import { METRICS, type MetricSet } from "../metrics/index.ts";
import { FRAME_FILLED, FRAME_OVERHEAD, FRAME_SHARED, FRAME_ZEROED, Frames } from "./frames.ts";
import { MachineTables } from "./machine-tables.ts";
import { ProcessTables } from "./process-tables.ts";
import { tableColumns } from "./table-columns.ts";
import { machineFacts } from "./table-facts.ts";
import { Kept, RealUse, VmLife } from "./vm-states.ts";
import { VmTables } from "./vm-tables.ts";

/** Raised when the tables come to mean something else though their names stay; 2: a counter that is not recorded is null. */
const MEANING = 2;

/**
 * What stored tables rest on and do not say themselves: which counter has which place and what events add to it, which facts and columns there are, and
 * what their numbers mean. Tables that were stored under another layout are not read, but made again from events.
 */
export function tableLayout(metrics: MetricSet = METRICS): string {
  const machine = new MachineTables();
  machine.frames = new Frames(1);
  const vm = new VmTables(vmId(1), 1, 0, 0, VmLife.Running);
  vm.processes.push(new ProcessTables(vm.vm, processId(1), 1, Backing.Anonymous, 0));
  machine.vms.push(vm);
  const columns = tableColumns(machine).map(({ name, values }) => `${name} ${values.constructor.name}`);
  const frames = { FRAME_FILLED, FRAME_OVERHEAD, FRAME_SHARED, FRAME_ZEROED };
  const numbers = { VmLife, RealUse, Kept, MemoryState, Mapping, Mmu, Backing, VmEnd, frames };
  return JSON.stringify({ meaning: MEANING, counters: metrics.counterSchema(), columns, facts: namesIn(machineFacts(machine)), numbers });
}

/** The names of all fields, those of the first of a list's items for a list. */
export function namesIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [namesIn(value[0])];
  if (typeof value !== "object" || value === null) return "";
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, namesIn(part)]));
}
