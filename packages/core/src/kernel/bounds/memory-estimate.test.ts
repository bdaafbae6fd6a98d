import { describe, expect, test } from "vitest";
import { Frames, MachineTables, ProcessTables, tablesOf, VmLife, VmTables } from "../../memory/index.ts";
import { processId, vmId } from "../../ids/index.ts";
import { parseScenario } from "../../scenario/index.ts";
import { quietPolicy } from "../../testing/small-scenario.ts";
import { ENTRY_BYTES, estimateMemory } from "../index.ts";

/** Bytes of all columns of tables of this size. */
function tableBytes(frames: number, realPages: number, virtualPages: number): number {
  const machine = new MachineTables();
  machine.frames = new Frames(frames);
  const vm = new VmTables(vmId(1), realPages, 0, 0, VmLife.Running);
  vm.processes.push(new ProcessTables(vm.vm, processId(1), virtualPages, 0, 0));
  machine.vms.push(vm);
  const columns = tablesOf(machine).flatMap((table) => table.columns);
  return columns.reduce((sum, { values }) => sum + values.byteLength, 0);
}

/** The oracle are the tables themselves; 511 real pages more have no large mapping more. */
test("bytes per entry of the tables are those of their columns", () => {
  const none = tableBytes(512, 512, 512);
  const of = { frame: tableBytes(1012, 512, 512), realPage: tableBytes(512, 1012, 512), virtualPage: tableBytes(512, 512, 1012) };
  for (const [entry, bytes] of Object.entries(of)) {
    expect((bytes - none) / 500, entry).toBe(ENTRY_BYTES[entry as keyof typeof of].copied);
  }
});

describe("the pages that a run can use", () => {
  const GIB_PAGES = 2 ** 18;

  function estimated(vm: object, host: object = {}): string[] {
    const process = { virtualPages: GIB_PAGES, workload: { kind: "uniform", pages: 1000, accesses: 5000 } };
    const scenario = parseScenario({
      name: "large",
      host: { framePages: 2 * GIB_PAGES, ...host },
      vms: [{ configuredPages: GIB_PAGES, kernelPages: 100, balloon: false, processes: [process], ...vm }],
      policy: "no-reclaim",
    });
    return estimateMemory({ scenario, policy: quietPolicy, parameters: {}, traces: new Map() }).map(({ what }) => what);
  }

  // Oracle: 1,000 pages of the workload, 100 of the guest's kernel, 512 of a large mapping.
  test("are those that its workloads can touch, its guests' kernels have and its balloons may hold", () => {
    expect(estimated({})).toContain("1612 used of 262144 real pages");
    expect(estimated({})).toContain("1000 used of 262144 virtual pages and pages of files");
    const balloon = { driver: "simple", capFraction: 0.5 };
    expect(estimated({ balloon })).toContain(`${1612 + GIB_PAGES / 2} used of 262144 real pages`);
  });

  test("are all where a process's disk holds something for each, or commands may touch any", () => {
    const workload = { kind: "uniform", pages: 1000, accesses: 5000 };
    expect(estimated({ processes: [{ virtualPages: GIB_PAGES, backing: "file", workload }] })).toContain("262144 real pages");
    expect(estimated({ processes: [{ virtualPages: GIB_PAGES, workload: { kind: "interactive" } }] })).toContain("262144 real pages");
  });
});
