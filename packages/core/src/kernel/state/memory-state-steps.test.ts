import { expect, test } from "vitest";
import { MemoryState } from "../../events/index.ts";
import { smallHost } from "../../testing/small-scenario.ts";
import { memoryStateName, MemoryStateSteps } from "./memory-state-steps.ts";

/** The states that a host goes through as its free frames go through these counts. */
function statesAlong(free: readonly number[], changes: Parameters<typeof smallHost>[1], framePages = 1000): string[] {
  const states = new MemoryStateSteps(smallHost(framePages, changes));
  let current: MemoryState = MemoryState.High;
  return free.map((pages) => memoryStateName((current = states.find(pages, current))));
}

test("ESX 2 goes down at the lower mark, and up only when the mark of the higher state is clearly exceeded", () => {
  // Oracle: marks of 60, 40, 20, 10 frames of 1,000; upwards at 22.5 (to hard), 45 (to soft), 67.5 (to high); OSDI 2002, 6.3.
  const free = [41, 40, 39, 45, 67, 68, 19, 44, 45, 9, 22, 23, 500];
  expect(statesAlong(free, { memoryStates: "esx2" })).toEqual([
    "high",
    "high",
    "soft",
    "soft",
    "soft",
    "high",
    "hard",
    "hard",
    "soft",
    "low",
    "low",
    "hard",
    "high",
  ]);
});

test("without a margin a state is left as soon as the higher mark is reached", () => {
  expect(statesAlong([39, 59, 60], { memoryStates: "esx2", memoryStateMargin: 0 })).toEqual(["soft", "soft", "high"]);
});

test("fractions without a mark for high are left above their own mark and an eighth", () => {
  // Oracle: soft at 60, hard at 40; upwards above 45 and 67.5 frames.
  expect(statesAlong([59, 67, 68, 39, 44, 45, 66], {})).toEqual(["soft", "soft", "high", "hard", "hard", "soft", "soft"]);
});

test("vSphere 6 has the state clear between high and soft", () => {
  // Oracle: minFree of 100,000 frames is 6,000; clear below it, soft below 3,840; up again above 6,750 and 27,000.
  const free = [6000, 5999, 3839, 6749, 6750, 26_999, 27_000];
  expect(statesAlong(free, { memoryStates: "vsphere6" }, 100_000)).toEqual(["high", "clear", "soft", "soft", "clear", "clear", "high"]);
});

test("a policy sees the marks", () => {
  expect(new MemoryStateSteps(smallHost(1000, { memoryStates: "esx2" })).seen).toEqual({
    highPages: 60,
    softPages: 40,
    hardPages: 20,
    lowPages: 10,
  });
  expect(new MemoryStateSteps(smallHost(100_000, { memoryStates: "vsphere6" })).seen).toEqual({
    highPages: 24_000,
    clearPages: 6000,
    softPages: 3840,
    hardPages: 1920,
    lowPages: 960,
  });
});
