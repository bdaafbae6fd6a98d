import {
  EventBatch,
  EventCode,
  HostFaultKind,
  HostFaultNeed,
  knownEvents,
  type KnownEvents,
  Mapping,
  Mmu,
  UnknownNumber,
} from "../events/index.ts";
import { applyBatch, Counter, faultsOf, MachineTables, machineFacts, machineFromFacts } from "../memory/index.ts";
import { describe, expect, test } from "vitest";
import { RunProjections } from "./run-projections.ts";

/** Two VMs that each have a guest fault and a host fault; the second one's workload ends at 900 ns, with this work time recorded. */
function historyOf(neededBy: number, workNs: number): KnownEvents {
  const batch = new EventBatch(1, 12);
  batch.texts = ["{}"];
  batch.append(EventCode.RunStarted, 0, 0, 0, 1, 1, 1, 1);
  batch.append(EventCode.HostStarted, 0, 0, 0, 8, Mapping.TwoLevel, Mmu.Nested, 8);
  for (const vm of [1, 2]) {
    batch.append(EventCode.VmAdmitted, 0, vm, 0, 4, 0, 1, 0);
    batch.append(EventCode.VmStarted, 0, vm, 0, 4, 0, 1, 0);
    batch.append(EventCode.ProcessStarted, 0, vm, 1, 4, 1, 1, 0);
    batch.append(EventCode.PageMissed, 100, vm, 1, 0, 0, 0, 0);
  }
  batch.append(EventCode.HostFaulted, 200, 2, 0, 0, HostFaultKind.Minor, neededBy, 50);
  batch.append(EventCode.VmFinished, 900, 2, 0, 0, 0, 0, workNs);
  return knownEvents(batch);
}

function tablesOf(batch: KnownEvents): MachineTables {
  const machine = new MachineTables();
  applyBatch(machine, batch);
  return machine;
}

/** Stored and read back after every event, as read models are that follow a run. */
function summaryOf(batch: KnownEvents) {
  let projections = new RunProjections();
  let changes = projections.takeChanges();
  for (let from = 0; from < batch.length; from++) {
    projections.applyBatch(batch.slice(from, from + 1), () => "vm");
    changes = projections.takeChanges();
    projections = new RunProjections(JSON.parse(JSON.stringify(projections.save())));
  }
  return changes;
}

describe("a history that does not tell what needed a host fault, nor the work time", () => {
  const batch = historyOf(HostFaultNeed.NotRecorded, 0);

  test("leaves the faults and the work time of that VM unknown, and of the other one not; oracle: what was written down", () => {
    const machine = tablesOf(batch);
    expect([1, 2].map((vm) => faultsOf(machine.vm(vm).counters))).toEqual([1, Number.NaN]);
    expect(machine.vm(2).counters[Counter.workNs]).toBeNaN();
    expect(machine.vm(2).counters[Counter.hostMinorFaults]).toBe(1);
  });

  test("does so in tables that were stored as JSON and read back", () => {
    const facts = JSON.parse(JSON.stringify(machineFacts(tablesOf(batch)))) as ReturnType<typeof machineFacts>;
    expect([1, 2].map((vm) => faultsOf(machineFromFacts(facts).vm(vm).counters))).toEqual([1, Number.NaN]);
  });

  test("does so in series and summaries, as null, however often they are stored in between", () => {
    const { summary, series } = summaryOf(batch);
    expect(summary.vms.map(({ metrics }) => [metrics["faults"], metrics["workNs"], metrics["hostMinorFaults"]])).toEqual([
      [1, 0, 0],
      [null, null, 1],
    ]);
    expect(series.added.map(({ vm, values }) => [vm, values[Counter.faults]]).slice(-2)).toEqual([
      [1, 1],
      [2, null],
    ]);
  });
});

test("a history that tells them has both; oracle: what was written down", () => {
  const { counters } = tablesOf(historyOf(HostFaultNeed.Access, 700)).vm(2);
  expect([faultsOf(counters), counters[Counter.workNs]]).toEqual([2, 700]);
  expect(faultsOf(tablesOf(historyOf(HostFaultNeed.Other, 700)).vm(2).counters)).toBe(1);
});

test("what needed a host fault is never taken for something else if its number is not known", () => {
  expect(() => tablesOf(historyOf(9, 700))).toThrow(UnknownNumber);
  expect(() => summaryOf(historyOf(9, 700))).toThrow(UnknownNumber);
});
