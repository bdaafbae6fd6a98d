import { describe, expect, test } from "vitest";
import { EventBatch, EventCode, knownEvents } from "../../events/index.ts";
import { vmId } from "../../ids/index.ts";
import { applyBatch, Counter, MachineTables } from "../../memory/index.ts";
import type { Workload } from "../../workload/index.ts";
import { kernelInput, runChecked } from "../../testing/run-to-end.ts";
import { policyOf, references, smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";
import type { Kernel } from "./kernel-contract.ts";

const FREE = { guestFaultNs: 0, hostFaultNs: 0, trapNs: 0, zeroingNs: 0 };
const host = smallHost(64);
/** Page misses cost nothing here, so that an access takes its 100 ns and nothing else. */
const freeHost = { ...host, costs: { ...host.costs, ...FREE } };

function workNs(kernel: Kernel): number[] {
  return kernel.machine.vms.map(({ counters }) => counters[Counter.workNs]);
}

const scan = (accesses: number): Workload => ({ kind: "uniform", firstPage: 0, pages: 4, accesses, writeRatio: 0 });

/** The oracle is the number of accesses times 100 ns, and the idle times that the workloads name. */
describe("work time", () => {
  test("is from the VM's start to the end of its workload, however long the run lasts", () => {
    const vms = [smallVm("early", 8, scan(50)), smallVm("late", 8, scan(3_000), { startNs: 1_000 })];
    const { kernel } = runChecked(kernelInput(smallScenario(freeHost, vms, { durationNs: 10_000_000 })));
    expect(workNs(kernel)).toEqual([5_000, 300_000]);
    expect(kernel.machine.timeNs).toBe(10_000_000);
  });

  test("includes the workload's idle phases", () => {
    const phases: Workload = { kind: "phases", times: 1, phases: [scan(10), { kind: "idle", ns: 70_000 }, scan(10)] };
    const { kernel } = runChecked(kernelInput(smallScenario(freeHost, [smallVm("vm", 8, phases)])));
    expect(workNs(kernel)).toEqual([72_000]);
  });

  test("is told apart to the nanosecond though the host's events of both VMs have one time", () => {
    const vms = [smallVm("a", 8, scan(500)), smallVm("b", 8, scan(501))];
    const { kernel } = runChecked(kernelInput(smallScenario(freeHost, vms, { lookaheadNs: 1_000_000 })));
    expect(workNs(kernel)).toEqual([50_000, 50_100]);
  });

  test("is 0 of a VM that was terminated first, whose accesses are those up to then", () => {
    const script = [{ atNs: 20_000, command: { kind: "stopVm", vm: vmId(1) } as const }];
    const { kernel } = runChecked(kernelInput(smallScenario(freeHost, [smallVm("vm", 8, scan(1_000))], { script })));
    const [{ counters, terminatedNs, isWorkDone }] = kernel.machine.vms;
    expect([counters[Counter.workNs], terminatedNs, isWorkDone]).toEqual([0, 20_000, false]);
    expect(counters[Counter.accesses]).toBe(200);
    expect(kernel.accesses).toBe(200);
  });

  test("of a killed VM likewise: no sample is taken after its end, so that it takes one before", () => {
    const vms = [smallVm("a", 8, references("w0 w1 w2 w3 w4 w5"))];
    const policy = policyOf(() => []);
    const { kernel } = runChecked(kernelInput(smallScenario(smallHost(4, { swapPages: 0 }), vms), policy));
    const [{ counters }] = kernel.machine.vms;
    expect(counters[Counter.accesses]).toBe(kernel.accesses);
    expect(kernel.accesses).toBe(4);
    expect(counters[Counter.workNs]).toBe(0);
    expect(counters[Counter.faults]).toBe(5);
  });
});

test("an earlier version's VmFinished has no work time: it is not known, and not taken for the time of the event", () => {
  const batch = new EventBatch(1, 4);
  batch.append(EventCode.HostStarted, 0, 0, 0, 16, 2, 2, 16);
  batch.append(EventCode.VmAdmitted, 300, 1, 0, 8, 0, 0, 8);
  batch.append(EventCode.VmStarted, 300, 1, 0, 8, 0, 0, 0);
  batch.append(EventCode.VmFinished, 1_300, 1, 0, 0, 0, 0, 0);
  const machine = new MachineTables();
  applyBatch(machine, knownEvents(batch));
  expect(machine.vm(1).counters[Counter.workNs]).toBeNaN();
});
