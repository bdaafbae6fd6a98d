import { hostObservation } from "@ballast/core/testing";
import { type Decision, type Observation, Prng, readParameters, vmId } from "@ballast/core/policy";
import { expect, test } from "vitest";
import { policy } from "./index.ts";

type Seen = {
  readonly residentPages: number;
  readonly idlePages: number;
  readonly reservationPages?: number;
  readonly limitPages?: number;
};

function observe(cause: Observation["cause"], freePages: number, seen: readonly Seen[]): Observation {
  const host = hostObservation(1000, freePages);
  const vms = seen.map(({ residentPages, idlePages, reservationPages = 0, limitPages = 1000 }, index) => {
    const id = {
      vm: vmId(index + 1),
      name: `vm-${index + 1}`,
      configuredPages: 1000,
      swappedPages: 0,
      shares: 1,
      isBusy: true,
    };
    return { ...id, residentPages, idlePages, reservationPages, limitPages };
  });
  return { timeNs: 0, cause, neededPages: cause === "shortage" ? 1 : 0, host, vms };
}

function decide(observation: Observation): readonly Decision[] {
  return policy.create(readParameters(policy.parameters, {}, "").values, Prng.named(1, "policy")).decide(observation);
}

/** Who gives how many pages, in which order. */
function tell(decisions: readonly Decision[]): string[] {
  return decisions.map((decision) => {
    if (decision.kind !== "StealPages" || !("count" in decision.take)) return decision.kind;
    return `${decision.vm}: ${decision.take.count} ${decision.take.order}`;
  });
}

// The reserve is 6 % of 1,000 frames. Oracle: the lecture (inactive pages of idle VMs) and arithmetic.

test("with the reserve full it takes nothing", () => {
  expect(decide(observe("period", 60, [{ residentPages: 900, idlePages: 900 }]))).toEqual([]);
});

test("the most idle VM gives first, not the one with most idle pages", () => {
  const seen = [
    { residentPages: 800, idlePages: 400 },
    { residentPages: 30, idlePages: 30 },
  ];
  expect(tell(decide(observe("period", 10, seen)))).toEqual(["2: 30 idle", "1: 20 idle"]);
});

test("it leaves a VM its reservation", () => {
  const seen = [
    { residentPages: 100, idlePages: 100, reservationPages: 95 },
    { residentPages: 800, idlePages: 10 },
  ];
  expect(tell(decide(observe("period", 0, seen)))).toEqual(["1: 5 idle", "2: 10 idle"]);
});

test("without idle pages it waits at a period, and steals a small batch at random when there is no free frame", () => {
  const seen = [
    { residentPages: 500, idlePages: 0 },
    { residentPages: 500, idlePages: 0 },
  ];
  expect(decide(observe("period", 5, seen))).toEqual([]);
  expect(tell(decide(observe("shortage", 0, seen)))).toEqual(["1: 5 random", "2: 5 random"]);
});

test("a VM above its limit gives what is too much even when memory is ample", () => {
  expect(tell(decide(observe("period", 500, [{ residentPages: 120, idlePages: 0, limitPages: 100 }])))).toEqual(["1: 20 random"]);
});

test("what idle pages do not yield is taken at random, from what is left behind them (oracle: 10 pages, 4 of them idle)", () => {
  const shortage = { ...observe("shortage", 0, [{ residentPages: 10, idlePages: 4 }]), neededPages: 30 };
  expect(tell(decide(shortage))).toEqual(["1: 4 idle", "1: 6 random"]);
});
