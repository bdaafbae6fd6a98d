import { hostObservation } from "@ballast/core/testing";
import { type Decision, NS_PER_MS, NS_PER_S, type Observation, Prng, readParameters, vmId } from "@ballast/core/policy";
import { expect, test } from "vitest";
import { policy } from "./index.ts";

const parameters = readParameters(policy.parameters, { form: "tmo" }, "").values;

function observe(second: number, stallMs: number, residentPages: number, reservationPages = 0): Observation {
  const pages = { configuredPages: residentPages, residentPages, swappedPages: 0, limitPages: residentPages };
  const id = { vm: vmId(1), name: "vm-1", shares: 1, isBusy: true, reservationPages };
  const host = hostObservation(2 * residentPages, residentPages);
  const vms = [{ ...id, ...pages, stallNs: stallMs * NS_PER_MS }];
  return { timeNs: second * NS_PER_S, cause: "period", neededPages: 0, host, vms };
}

function takenFrom(residentPages: number, stallsMs: readonly number[], reservationPages = 0): number[] {
  const instance = policy.create(parameters, Prng.named(1, "policy"));
  const decisions = stallsMs.map((stallMs, step): readonly Decision[] =>
    instance.decide(observe(6 * step, stallMs, residentPages, reservationPages)),
  );
  return decisions.map(([decision]) => (decision?.kind === "StealPages" && "count" in decision.take ? decision.take.count : 0));
}

// Oracle: arithmetic of the rule as it is known, 0.0005 x held x max(0, 1 - pressure / 0.1 %), every 6 s. The paper's own
// figures were not at hand; of 6 s, 0.1 % are 6 ms.

test("it is asked every six seconds", () => {
  expect(policy.periodNs(parameters)).toBe(6 * NS_PER_S);
});

test("without pressure it takes 0.05 % of what a VM holds, from the second look on", () => {
  expect(takenFrom(1_000_000, [0, 0, 0])).toEqual([0, 500, 500]);
});

test("with half the pressure that may be it takes half as much, and from there on nothing", () => {
  expect(takenFrom(1_000_000, [0, 3, 9, 100])).toEqual([0, 250, 0, 0]);
});

test("parts of a page are carried on, so that a small VM gives a page now and then", () => {
  expect(
    takenFrom(
      500,
      Array.from({ length: 9 }, () => 0),
    ),
  ).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 1]);
});

test("a VM keeps its reservation", () => {
  expect(takenFrom(1_000_000, [0, 0], 999_900)).toEqual([0, 100]);
});
