import { CATALOGUE_VERSION } from "@ballast/core/events";
import { vmId } from "@ballast/core/ids";
import { Counter, MachineTables, VmLife, VmTables } from "@ballast/core/memory";
import { expect, test } from "vitest";
import { faultsAt } from "./faults.ts";

test("faults are not told from a history whose host faults do not name what needed them; their kinds are", () => {
  const machine = new MachineTables();
  const vm = new VmTables(vmId(1), 4, 0, 0, VmLife.Running);
  vm.counters[Counter.faults] = 3;
  vm.counters[Counter.hostMajorFaults] = 2;
  machine.vms.push(vm);
  expect(faultsAt(machine, { catalogueVersion: 1 })).toMatchObject({ all: null, hostMajor: 2 });
  expect(faultsAt(machine, { catalogueVersion: CATALOGUE_VERSION })).toMatchObject({ all: 3, hostMajor: 2 });
});
