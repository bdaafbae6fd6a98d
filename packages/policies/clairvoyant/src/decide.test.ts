import { type Decision, type Observation, Prng, vmId } from "@ballast/core/policy";
import { hostObservation } from "@ballast/core/testing";
import { expect, test } from "vitest";
import { policy } from "./index.ts";

type Seen = { readonly residentPages: number; readonly furthestAccessNs?: number };

function decide(neededPages: number, seen: readonly Seen[], cause: Observation["cause"] = "shortage"): readonly Decision[] {
  const vms = seen.map((vm, index) => {
    const rights = { shares: 1, reservationPages: 0, limitPages: 100, isBusy: true };
    return { vm: vmId(index + 1), name: `vm-${index + 1}`, configuredPages: 100, swappedPages: 0, ...rights, ...vm };
  });
  return policy.create({}, Prng.named(1, "policy")).decide({ timeNs: 0, cause, neededPages, host: hostObservation(100, 0), vms });
}

const pagesOf = (decisions: readonly Decision[]): unknown[] =>
  decisions.map((decision) => decision.kind === "StealPages" && "count" in decision.take && [decision.vm, decision.take.count]);

// Oracle: Belady's rule by hand.
test("the VM whose page is needed last gives first, of equal ones the lower number, each as far as it has pages", () => {
  const seen = [
    { residentPages: 2, furthestAccessNs: 5_000_000 },
    { residentPages: 1, furthestAccessNs: 9_000_000 },
    { residentPages: 4, furthestAccessNs: 5_000_000 },
  ];
  expect(pagesOf(decide(1, seen))).toEqual([[2, 1]]);
  expect(pagesOf(decide(5, seen))).toEqual([
    [2, 1],
    [1, 2],
    [3, 2],
  ]);
});

test("a page that is needed immediately can go, a VM without pages or without a known one cannot", () => {
  const none = [{ residentPages: 0, furthestAccessNs: 7 }, { residentPages: 3 }];
  expect(decide(2, none)).toEqual([]);
  expect(pagesOf(decide(2, [...none, { residentPages: 3, furthestAccessNs: 0 }]))).toEqual([[3, 2]]);
});

test("it tells how long the page is not needed, unless it never is", () => {
  const [soon] = decide(1, [{ residentPages: 1, furthestAccessNs: 5_000_000 }]);
  const [never] = decide(1, [{ residentPages: 1, furthestAccessNs: Number.MAX_SAFE_INTEGER }]);
  expect([soon?.figures, never?.figures]).toEqual([{ untilNextAccessMs: 5 }, {}]);
});

test.each(["period", "memoryState"] as const)("it takes nothing when it is asked for another reason: %s", (cause) => {
  expect(decide(1, [{ residentPages: 1, furthestAccessNs: 1 }], cause)).toEqual([]);
});
