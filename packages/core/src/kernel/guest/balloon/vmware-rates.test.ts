import { expect, test } from "vitest";
import type { VmwareBalloonSpec } from "../../../scenario/index.ts";
import { growths, inflateGuest } from "../../../testing/inflate-guest.ts";

const SECOND_NS = 1_000_000_000;

/** Rates that an idle VM of 60 pages shows, 5 of which stay free. */
function driver(changes: Partial<VmwareBalloonSpec>): VmwareBalloonSpec {
  return {
    driver: "vmware",
    pollNs: SECOND_NS,
    capFraction: 1,
    minFreePages: 5,
    noSleepPages: 10,
    allocLeastPages: 2,
    allocMostPages: 8,
    allocStepPages: 3,
    slowPolls: 6,
    freePages: 30,
    ...changes,
  };
}

const FIVE_POLLS = [11, 11, 11, 11, 11];

test("each clean slow poll raises the rate by one step, up to the most; oracle: the loop by hand", () => {
  // Polls 6 and 7 fail twice each: the rate of 8 falls to 4 and 2. Poll 8 gives 25 pages back. Poll 9 takes 2 pages and one
  // more: the rate is 5. Poll 10 takes 6: the rate is 8. Poll 11 takes 9, and the rate stays. Poll 12 takes the 7 that are left.
  const targets = [
    [0, 60],
    [7.5 * SECOND_NS, 30],
    [8.5 * SECOND_NS, 60],
  ] as const;
  const told = inflateGuest({ balloon: driver({}), configuredPages: 60, targets, endNs: 12.5 * SECOND_NS });
  expect(growths(told)).toEqual([...FIVE_POLLS, 3, 6, 9, 7]);
});

test("a clean fast poll raises the rate once for each time that it was reached; oracle: the loop by hand", () => {
  // Polls 6 to 8 fail: the rate of 20 falls to 10, 5 and 2. Poll 9 gives 25 pages back; in polls 10 and 11 the slow ones pass.
  // Poll 12 is fast: its round 10 has reached the rate of 2 five times, so that it is 17. Round 10 of poll 13 has not reached
  // that. Poll 14 takes 3 pages and fails: the rate is 8. Poll 15 gives 25 back, and poll 16, a slow one, takes 8 and one more.
  const targets = [
    [0, 60],
    [8.5 * SECOND_NS, 30],
    [11.5 * SECOND_NS, 60],
    [14.5 * SECOND_NS, 30],
    [15.5 * SECOND_NS, 60],
  ] as const;
  const balloon = driver({ allocMostPages: 20, slowPolls: 3 });
  const told = inflateGuest({ balloon, configuredPages: 60, targets, endNs: 16.5 * SECOND_NS });
  expect(growths(told)).toEqual([...FIVE_POLLS, 11, 11, 3, 9]);
});
