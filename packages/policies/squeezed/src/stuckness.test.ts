import { vmId } from "@ballast/core/policy";
import { describe, expect, test } from "vitest";
import type { BalloonedDomain } from "./domains.ts";
import { type DriverProgress, followDrivers, isAt } from "./stuckness.ts";

const STUCK_NS = 5;

function domain(vm: number, actualKib: number, targetKib: number): BalloonedDomain {
  const limits = { inaccuracyKib: 4, configuredKib: 10_000, dynamicMinKib: 0, dynamicMaxKib: 10_000 };
  return { vm: vmId(vm), actualKib, targetKib, ...limits };
}

/** What is known of VM 1, whose balloon holds these at these times. */
function follow(targetKib: number, steps: readonly (readonly [timeNs: number, actualKib: number])[]): DriverProgress | undefined {
  let known: DriverProgress[] = [];
  for (const [timeNs, actualKib] of steps) known = followDrivers(known, [domain(1, actualKib, targetKib)], timeNs, STUCK_NS);
  return known[0];
}

// Oracle: Squeeze.Stuckness_monitor by hand: progress is a step towards the target, and 5 ns may pass without.
describe("a driver", () => {
  test("that does not move is stuck when more than 5 ns have passed, not at 5", () => {
    expect(
      follow(1000, [
        [10, 2000],
        [15, 2000],
      ])?.isStuck,
    ).toBe(false);
    expect(
      follow(1000, [
        [10, 2000],
        [16, 2000],
      ])?.isStuck,
    ).toBe(true);
  });

  test.each([
    ["down", 1000, 1990],
    ["up", 3000, 2010],
  ] as const)("that moves %s towards its target makes progress", (_, target, next) => {
    expect(
      follow(target, [
        [10, 2000],
        [14, next],
        [19, next],
      ]),
    ).toEqual({ vm: 1, lastActualKib: next, lastProgressNs: 14, isStuck: false });
  });

  test.each([
    ["up", 1000, 2010],
    ["down", 3000, 1990],
  ] as const)("that moves %s, away from its target, makes none", (_, target, next) => {
    expect(
      follow(target, [
        [10, 2000],
        [14, next],
        [16, next],
      ]),
    ).toEqual({ vm: 1, lastActualKib: next, lastProgressNs: 10, isStuck: true });
  });

  test("that was stuck is not any more when it moves towards its target again", () => {
    expect(
      follow(1000, [
        [10, 2000],
        [16, 2000],
        [17, 1990],
      ])?.isStuck,
    ).toBe(false);
    expect(
      follow(1000, [
        [10, 2000],
        [16, 2000],
        [17, 2000],
      ])?.isStuck,
    ).toBe(true);
  });

  test("that is at its target, as exactly as it can be, is asked nothing", () => {
    expect(
      follow(2004, [
        [10, 2000],
        [99, 2000],
      ])?.isStuck,
    ).toBe(false);
    expect([isAt(domain(1, 2000, 0), 2004), isAt(domain(1, 2000, 0), 2005)]).toEqual([true, false]);
  });
});

test("each domain has its own progress, and one that is gone is forgotten", () => {
  const first = followDrivers([], [domain(1, 2000, 1000), domain(2, 2000, 1000)], 10, STUCK_NS);
  const then = followDrivers(first, [domain(1, 2000, 1000), domain(2, 1500, 1000)], 16, STUCK_NS);
  expect(then.map(({ isStuck }) => isStuck)).toEqual([true, false]);
  expect(followDrivers(then, [domain(2, 1500, 1000)], 17, STUCK_NS).map(({ vm }) => vm)).toEqual([2]);
});
