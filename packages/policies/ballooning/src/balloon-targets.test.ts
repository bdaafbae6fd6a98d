import { hostObservation } from "@ballast/core/testing";
import { type Decision, type Observation, Prng, readParameters, vmId, type VmObservation } from "@ballast/core/policy";
import { describe, expect, test } from "vitest";
import { policy } from "./index.ts";

type Seen = Partial<VmObservation> & { readonly residentPages: number; readonly targetPages?: number };

function seeVm({ targetPages = 0, ...changes }: Seen, index: number): VmObservation {
  const balloon = { targetPages, sizePages: targetPages, capPages: 650 };
  const id = { vm: vmId(index + 1), name: `vm-${index + 1}`, configuredPages: 1000, swappedPages: 0, isBusy: true };
  return { ...id, shares: 1000, reservationPages: 0, limitPages: 1000, idlePages: 0, balloon, ...changes };
}

function decide(cause: Observation["cause"], freePages: number, seen: readonly Seen[]): readonly Decision[] {
  const host = hostObservation(2000, freePages);
  const observation = { timeNs: 0, cause, neededPages: cause === "shortage" ? 1 : 0, host, vms: seen.map(seeVm) };
  return policy.create(readParameters(policy.parameters, {}, "").values, Prng.named(1, "policy")).decide(observation);
}

function targetsOf(decisions: readonly Decision[]): Record<number, number> {
  const targets: Record<number, number> = {};
  for (const decision of decisions) if (decision.kind === "SetBalloonTarget") targets[decision.vm] = decision.pages;
  return targets;
}

// The reserve is 6 % of 2,000 frames: 120. Oracle: adjusted shares per page (OSDI 2002, section 5.1) and arithmetic.

describe("balloon targets", () => {
  test("stay 0 while the reserve is full", () => {
    expect(decide("period", 120, [{ residentPages: 900 }, { residentPages: 900 }])).toEqual([]);
  });

  test("rise for the idle VM when the reserve is short, by what is missing", () => {
    const decisions = decide("period", 20, [{ residentPages: 990 }, { residentPages: 990, idlePages: 990 }]);
    expect(targetsOf(decisions)).toEqual({ 2: 1000 - (990 - 100) });
  });

  test("fall on equal VMs equally", () => {
    const decisions = decide("period", 20, [{ residentPages: 990 }, { residentPages: 990 }]);
    expect(targetsOf(decisions)).toEqual({ 1: 1000 - 940, 2: 1000 - 940 });
  });

  test("spare who has more shares", () => {
    const decisions = decide("period", 20, [
      { residentPages: 990, shares: 3000 },
      { residentPages: 990, shares: 1000 },
    ]);
    expect(targetsOf(decisions)).toEqual({ 2: 1000 - 890 });
  });

  test("stop at the driver's cap and at the reservation", () => {
    const seen = [{ residentPages: 1000, idlePages: 1000, reservationPages: 980 }, { residentPages: 1000 }];
    expect(targetsOf(decide("period", 0, seen))).toEqual({ 1: 20, 2: 100 });
  });

  test("go back to 0 when the claims of all fit again", () => {
    const seen = [{ residentPages: 400, targetPages: 600 }, { residentPages: 100 }];
    expect(targetsOf(decide("period", 1500, seen))).toEqual({ 1: 0 });
  });

  test("a VM without a driver has no target", () => {
    expect(targetsOf(decide("period", 0, [{ residentPages: 1000, balloon: null }, { residentPages: 1000 }]))).toEqual({
      2: 120,
    });
  });
});

test("without a free frame it steals a batch at random beside the targets, because a balloon would be late", () => {
  const decisions = decide("shortage", 0, [{ residentPages: 1000 }, { residentPages: 1000 }]);
  const steals = decisions.flatMap((decision) => (decision.kind === "StealPages" && "count" in decision.take ? [decision.take.count] : []));
  expect(steals).toEqual([10, 10]);
});
