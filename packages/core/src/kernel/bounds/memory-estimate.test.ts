import { expect, test } from "vitest";
import { Frames, MachineTables, ProcessTables, tableColumns, VmLife, VmTables } from "../../memory/index.ts";
import { processId, vmId } from "../../ids/index.ts";
import { ENTRY_BYTES } from "../index.ts";

/** Bytes of all columns of tables of this size. */
function tableBytes(frames: number, realPages: number, virtualPages: number): number {
  const machine = new MachineTables();
  machine.frames = new Frames(frames);
  const vm = new VmTables(vmId(1), realPages, 0, 0, VmLife.Running);
  vm.processes.push(new ProcessTables(vm.vm, processId(1), virtualPages, 0, 0));
  machine.vms.push(vm);
  return tableColumns(machine).reduce((sum, { values }) => sum + values.byteLength, 0);
}

/** The oracle are the tables themselves; 511 real pages more have no large mapping more. */
test("bytes per entry of the tables are those of their columns", () => {
  const none = tableBytes(512, 512, 512);
  const of = { frame: tableBytes(1012, 512, 512), realPage: tableBytes(512, 1012, 512), virtualPage: tableBytes(512, 512, 1012) };
  for (const [entry, bytes] of Object.entries(of)) {
    expect((bytes - none) / 500, entry).toBe(ENTRY_BYTES[entry as keyof typeof of].copied);
  }
});
