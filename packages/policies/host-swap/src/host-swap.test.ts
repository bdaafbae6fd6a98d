import { hostObservation } from "@ballast/core/testing";
import { type Decision, type Observation, Prng, readParameters, vmId, type VmObservation } from "@ballast/core/policy";
import { describe, expect, test } from "vitest";
import { policy } from "./index.ts";

function seeVm(number: number, changes: Partial<VmObservation>): VmObservation {
  const pages = { configuredPages: 1000, residentPages: 0, swappedPages: 0, reservationPages: 0, limitPages: 1000 };
  return { vm: vmId(number), name: `vm-${number}`, ...pages, shares: 1, isBusy: true, ...changes };
}

function observe(vms: readonly VmObservation[], freePages: number, cause: Observation["cause"] = "period"): Observation {
  return { timeNs: 0, cause, neededPages: cause === "shortage" ? 1 : 0, host: hostObservation(1000, freePages), vms };
}

function decide(order: string, observation: Observation): readonly Decision[] {
  const parameters = readParameters(policy.parameters, { order }, "").values;
  return policy.create(parameters, Prng.named(1, "policy")).decide(observation);
}

function tell(decisions: readonly Decision[]): string[] {
  return decisions.map((decision) => {
    if (decision.kind !== "StealPages" || !("count" in decision.take)) return decision.kind;
    return `${decision.vm}: ${decision.take.count} ${decision.take.order}`;
  });
}

// The reserve is 6 % of 1,000 frames. Oracle: arithmetic.

describe("random, fifo, clock and lru", () => {
  test.each(["random", "fifo", "clock", "lru"])("%s takes from all VMs in proportion to what they hold", (order) => {
    const vms = [seeVm(1, { residentPages: 200 }), seeVm(2, { residentPages: 600 })];
    expect(decide(order, observe(vms, 60))).toEqual([]);
    expect(tell(decide(order, observe(vms, 20)))).toEqual([`1: 10 ${order}`, `2: 30 ${order}`]);
  });
});

describe("age", () => {
  const young = seeVm(1, { residentPages: 500, pageAges: [500, 0, 0, 0] });
  const old = seeVm(2, { residentPages: 300, pageAges: [100, 100, 60, 40] });

  test("takes the oldest pages of all VMs, whichever VM has them", () => {
    expect(tell(decide("age", observe([young, old], 0)))).toEqual(["2: 60 age"]);
    expect(tell(decide("age", observe([{ ...young, pageAges: [450, 0, 0, 50] }, old], 0)))).toEqual(["1: 50 age", "2: 10 age"]);
  });

  test("continues with younger ones, down to those just accessed or not scanned yet", () => {
    const few = seeVm(2, { residentPages: 30, pageAges: [10, 5, 0, 5] });
    expect(tell(decide("age", observe([few], 30)))).toEqual(["2: 30 age"]);
    expect(tell(decide("age", observe([seeVm(1, { residentPages: 100, pageAges: [] })], 0, "shortage")))).toEqual(["1: 60 age"]);
  });

  test("leaves a VM its reservation while another holds more than its own", () => {
    expect(tell(decide("age", observe([young, { ...old, reservationPages: 290 }], 30)))).toEqual(["1: 20 age", "2: 10 age"]);
  });
});

test("each order uses what it needs and no more", () => {
  const uses = (order: string): unknown => policy.uses?.({ order });
  expect(uses("random")).toEqual(["steal"]);
  expect(uses("clock")).toEqual(["steal"]);
  expect(uses("age")).toEqual(["steal", "pageAges"]);
  expect(uses("lru")).toEqual(["steal", "foresight"]);
});
