import type { Frames } from "./frames.ts";
import type { MachineTables } from "./machine-tables.ts";
import type { ProcessTables } from "./process-tables.ts";
import type { IntColumn } from "./table-source.ts";
import type { VmTables } from "./vm-tables.ts";

/** Facts and counts of a table, without its columns and what reads them. */
type WithoutEntries<Table> = {
  readonly [Name in keyof Table as Table[Name] extends IntColumn | ((...values: never[]) => unknown) ? never : Name]: Table[Name];
};

export type FramesOutline = WithoutEntries<Frames>;
export type ProcessOutline = WithoutEntries<ProcessTables>;
export type VmOutline = Omit<WithoutEntries<VmTables>, "processes"> & { readonly processes: readonly ProcessOutline[] };

/**
 * A machine's facts and counts: what can be asked of tables without entries. Any machine is one. A function that takes it compiles only
 * where no entry is read.
 */
export type MachineOutline = Omit<WithoutEntries<MachineTables>, "frames" | "vms" | "source"> &
  Pick<MachineTables, "text"> & { readonly frames: FramesOutline; readonly vms: readonly VmOutline[] };
