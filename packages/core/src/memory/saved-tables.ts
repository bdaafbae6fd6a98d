import { columnLike, deriveTables, tableColumns, type TableColumn } from "./table-columns.ts";
import { type MachineFacts, machineFacts, machineFromFacts } from "./table-facts.ts";
import type { MachineTables } from "./machine-tables.ts";
import type { IntColumn } from "./table-source.ts";
import { NEVER_WRITTEN } from "./tile-marks.ts";

/** A machine's tables as plain data without what was never written: as large as what the run has touched, not as the host. */
export type SavedTables = { readonly facts: MachineFacts; readonly columns: readonly SavedColumn[] };

/** In the order of `tableColumns`: the written tiles by number, and their entries one tile after the other. */
type SavedColumn = { readonly tiles: Uint32Array; readonly values: IntColumn };

/** Texts are not part of it: they belong to the run. */
export function saveTables(machine: MachineTables): SavedTables {
  return { facts: machineFacts(machine), columns: tableColumns(machine).map(saveColumn) };
}

function saveColumn({ values, marks, tileEntries }: TableColumn): SavedColumn {
  const tiles = Uint32Array.from(marks.writtenAfter(NEVER_WRITTEN));
  const saved = columnLike(values, tiles.length * tileEntries);
  tiles.forEach((tile, index) => saved.set(values.subarray(tile * tileEntries, (tile + 1) * tileEntries), index * tileEntries));
  return { tiles, values: saved };
}

export function loadTables({ facts, columns }: SavedTables): MachineTables {
  const machine = machineFromFacts(facts);
  tableColumns(machine).forEach((column, index) => loadColumn(column, columns[index]));
  deriveTables(machine);
  return machine;
}

function loadColumn({ values, marks, tileEntries }: TableColumn, saved: SavedColumn): void {
  saved.tiles.forEach((tile, index) => {
    const first = tile * tileEntries;
    const end = Math.min(first + tileEntries, values.length);
    if (end > first) values.set(saved.values.subarray(index * tileEntries, index * tileEntries + end - first), first);
    marks.markTile(tile);
  });
}

/** Counts all entries as written: for tables that were filled otherwise than by events. */
export function markAllWritten({ frames, vms }: MachineTables): void {
  const tables = [frames, ...vms.flatMap((vm) => [vm, ...vm.processes])];
  for (const { marks } of tables) for (let tile = 0; tile < marks.epochs.length; tile++) marks.markTile(tile);
}
