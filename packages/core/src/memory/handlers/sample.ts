import { valueOf } from "../../events/index.ts";
import type { VmId } from "../../ids/index.ts";
import { SAMPLE_PLACES } from "../choice-counters.ts";
import { Counter } from "../counters.ts";
import type { MachineTables } from "../machine-tables.ts";
import type { Handlers } from "./handlers.ts";

export const sampleHandlers = {
  Sampled: (machine, vm, metric, value) => {
    machine.vm(vm).counters[valueOf(SAMPLE_PLACES, metric, "a sampled metric")] = value;
  },
  IdleScanned: (machine, vm, _residentPages, _idlePages, costNs) => addScanCost(machine, vm, costNs),
  ActiveSampled: null,
  AgeScanned: (machine, vm, _residentPages, _oldestScans, _oldestPages, costNs) => addScanCost(machine, vm, costNs),
} satisfies Handlers<"sample">;

function addScanCost(machine: MachineTables, vm: VmId, costNs: number): void {
  machine.vm(vm).counters[Counter.idleScanCostNs] += costNs;
}
