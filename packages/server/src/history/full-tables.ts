import { type IntColumn, type MachineTables, tablesOf, type TableSource } from "@ballast/core/memory";
import type { SpareBuffers } from "./spare-buffers.ts";

/** A machine's columns by name, derived ones included, to set up others that differ little from it. */
export type FullTables = ReadonlyMap<string, IntColumn>;

/** Takes a machine's columns over: it must not be changed any more. */
export function takeTables(machine: MachineTables): FullTables {
  return new Map(columnsOf(machine).map(({ name, values }) => [name, values]));
}

/** Copies of the tables' columns; those of VMs and processes that are younger than them are blank. */
export function copiesOf(full: FullTables, spares: SpareBuffers): TableSource {
  return {
    hasEntries: true,
    firstPage: 0,
    column: (name, length, makeBlank) => {
      const from = full.get(name);
      // Equal names hold equal kinds of columns.
      return from?.length === length ? (spares.copy(from) as ReturnType<typeof makeBlank>) : makeBlank(0, length);
    },
  };
}

export function tableBytes(full: FullTables): number {
  let bytes = 0;
  for (const values of full.values()) bytes += values.byteLength;
  return bytes;
}

/** Every column of a machine, derived ones included. */
export function columnsOf(machine: MachineTables): readonly { readonly name: string; readonly values: IntColumn }[] {
  return tablesOf(machine).flatMap(({ columns }) => columns);
}
