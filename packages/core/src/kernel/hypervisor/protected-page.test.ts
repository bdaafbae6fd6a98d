import { expect, test } from "vitest";
import { EventCode, FrameLossCause, HostStarted, Mapping, Mmu, TrapCause } from "../../events/index.ts";
import type { RealPage, VirtualPage } from "../../ids/index.ts";
import { Counter, MachineTables } from "../../memory/index.ts";
import type { VmSpec } from "../../scenario/index.ts";
import { references, smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";
import { startVm } from "../guest/admission.ts";
import { runHits } from "../engine/hit-loop.ts";
import { HostRuntime } from "../state/host-runtime.ts";
import { releaseBacking } from "./end-vm.ts";
import { Recorder } from "../state/recorder.ts";
import { runVm } from "../engine/run-vm.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";

/** A VM of four pages that has loaded each of them, and is about to load page 1, store to page 2, load page 2. */
const ONE_ACTION = { furtherActions: 0, counter: { actions: 0 } };

function startedVm(replacement: VmSpec["replacement"], recordHits: boolean): { host: HostRuntime; vm: VmRuntime } {
  const spec = smallVm("one", 4, references("0 1 2 3 1 w2 2"), { balloon: null, replacement });
  const scenario = smallScenario(smallHost(8), [spec], { recordHits });
  const host = new HostRuntime(scenario, new Recorder(new MachineTables()), false);
  host.recorder.record(HostStarted, 8, Mapping.TwoLevel, Mmu.Nested, 8);
  startVm(host, spec, new Map());
  const vm = host.vm(host.machine.vms[0].vm);
  const process = vm.processes[0];
  while (process.cursor < 4) runVm(host, vm, { othersNs: 1e9, tickNs: vm.clockNs + 1, ...ONE_ACTION }, () => {});
  return { host, vm };
}

/** Hits made before the loop is left, and traps after the rest was run too. */
function runWith(protect: "none" | "any" | "store", replacement: VmSpec["replacement"], recordHits: boolean): [number, number] {
  const { host, vm } = startedVm(replacement, recordHits);
  const process = vm.processes[0];
  for (const page of [1, 2]) {
    const real = process.memory.realPage(page as VirtualPage);
    if (protect === "any") vm.accessBits.setTrapAny(real);
    if (protect === "store") vm.accessBits.setTrapStore(real);
  }
  const made = runHits(host, vm, process, 3);
  process.cursor = 4;
  const stores = host.lastWrite;
  runVm(host, vm, { othersNs: 1e9, tickNs: 1e9, ...ONE_ACTION }, () => {});
  expect(host.lastWrite).toBeGreaterThan(stores);
  expect(vm.accesses).toBe(7);
  return [made, vm.memory.counters[Counter.trapSampledPage]];
}

test.each([
  ["clock", false],
  ["lru", false],
  ["clock", true],
] as const)("each hit loop (%s, hits recorded: %s) is left at a protected page, a load only at an invalidated one", (kind, hits) => {
  expect(runWith("none", kind, hits)).toEqual([3, 0]);
  expect(runWith("store", kind, hits)).toEqual([1, 0]);
  expect(runWith("any", kind, hits)).toEqual([0, 2]);
});

test("what protects a real map entry ends with its frame", () => {
  const { host, vm } = startedVm("clock", false);
  const real = 1 as RealPage;
  vm.accessBits.setTrapAny(real);
  vm.accessBits.setTrapStore(real);
  releaseBacking(host, vm, real, FrameLossCause.Steal);
  expect(vm.accessBits.traps(real, true)).toBe(false);
});

test("a touch of an invalidated page traps once, at the cost of a sampling fault", () => {
  const { host, vm } = startedVm("clock", false);
  const process = vm.processes[0];
  vm.accessBits.setTrapAny(process.memory.pageTable[1]);
  host.recorder.takeBatch();
  const before = vm.clockNs;
  runVm(host, vm, { othersNs: 1e9, tickNs: 1e9, ...ONE_ACTION }, () => {});
  const { types, a, d, length } = host.recorder.takeBatch();
  const traps = Array.from({ length }, (_, i) => i).filter((i) => types[i] === EventCode.Trapped);
  expect(traps.map((i) => [a[i], d[i]])).toEqual([[TrapCause.SampledPage, 750]]);
  expect(vm.clockNs - before).toBe(750 + 3 * 100);
});
